//! The rules of the house, checked over the whole tree.

mod classes;
mod imports;
mod long_files;
mod rust;
mod sources;
mod styles;
mod supply;
mod tree;

/// Fails with every problem at once.
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n  {}", problems.join("\n  "));
}
