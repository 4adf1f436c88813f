//! frontend/bundle
