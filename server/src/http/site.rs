//! The app's files, from a folder.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use percent_encoding::percent_decode_str;
use shared::protocol::http::Problem;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use super::{App, Failure, origin};

/// The hexadecimal digits at the end of a hashed name's stem.
const HASH_DIGITS: usize = 16;

pub(super) fn router(app: &App) -> Router<App> {
    let files = ServeDir::new(&app.site)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(true);
    let serving = move |request: Request| serve(files.clone(), request);
    Router::new().fallback_service(
        any(serving)
            .layer(from_fn_with_state(app.clone(), origin::own_host_alone))
            .with_state(app.clone()),
    )
}

async fn serve(files: ServeDir, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if is_api(&path) {
        return Failure::from(Problem::NotFound).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return nothing(StatusCode::METHOD_NOT_ALLOWED);
    }
    if is_page(&path) {
        *request.uri_mut() = Uri::from_static("/index.html");
    }
    let hashed = is_hashed(&path);
    if !hashed {
        // By date alone an older site put back would pass for the one the browser has.
        request.headers_mut().remove(header::IF_MODIFIED_SINCE);
        request.headers_mut().remove(header::IF_UNMODIFIED_SINCE);
    }
    let Ok(found) = files.oneshot(request).await;
    let mut response = found.map(Body::new);
    if !response.status().is_success() && response.status() != StatusCode::NOT_MODIFIED {
        return nothing(response.status());
    }
    let caching = if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if !hashed {
        response.headers_mut().remove(header::LAST_MODIFIED);
    }
    response
}

/// What is not there now may be there with the next version: nobody keeps that it was not.
fn nothing(status: StatusCode) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// Whether a path is one of the app's pages, which the app itself tells apart, and no file.
fn is_page(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| !name.contains('.'))
}

/// Whether a path leads to the API for whoever is less exact than the router, such as a program or a proxy on the way:
/// it must not be told that there is a page.
fn is_api(path: &str) -> bool {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let mut steps = Vec::new();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps
        .first()
        .is_some_and(|first| first.eq_ignore_ascii_case("api"))
}

/// Whether only these contents ever have this name.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.split_once('.') else {
        return false;
    };
    let Some((_, hash)) = stem.rsplit_once('-') else {
        return false;
    };
    hash.len() == HASH_DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        for name in ["/app-0123456789abcdef.js", "/a/app_bg-0123456789abcdef.wasm"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "/index.html",
            "/sw.js",
            "/app-012.js",
            "/app-0123456789ABCDEF.js",
            "/0123456789abcdef",
            "/",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn the_api_is_known_however_it_is_spelt() {
        for path in [
            "/api",
            "/%61pi/x",
            "//api/x",
            "/API/x",
            "/./api",
            "/ledgers/../Api/x",
            "/%2fapi",
            "/%2E%2e/api",
            "/\\api",
        ] {
            assert!(is_api(path), "{path}");
        }
        for path in ["/", "/ledgers/api", "/apiary", "/api-0123456789abcdef.js", "/%"] {
            assert!(!is_api(path), "{path}");
        }
    }

    #[test]
    fn a_path_without_an_ending_is_a_page() {
        for path in ["/", "/ledgers", "/ledgers/0a/", "/sign-in"] {
            assert!(is_page(path), "{path}");
        }
        for path in ["/sw.js", "/app-0.wasm", "/favicon.ico", "/../server.key"] {
            assert!(!is_page(path), "{path}");
        }
    }
}
