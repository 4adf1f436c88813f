//! A small site made from fixtures, and the real page and loader read as text.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::*;
use crate::assets::digest;
use crate::request::{Profile, Request};

/// A workspace with the least that makes a site.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Self { folder };
        fixture.put(
            "index.html",
            "{{build}} {{version}} {{styles}} {{loader}} {{icons}}",
        );
        fixture.put("styles/tokens.css", "@layer tokens {}");
        fixture.put("public/loader.js", "import('{{glue}}'); init('{{module}}')");
        fixture.put(
            "public/sw.js",
            "const BUILD = '{{build}}'; const FILES = JSON.parse('{{files}}');",
        );
        fixture.put("public/icons.svg", "<svg/>");
        fixture.put("public/icons/icon-192.png", "picture");
        fixture
    }

    fn put(&self, name: &str, contents: &str) {
        let path = self.folder.path().join("frontend").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn site(&self, label: Option<&str>) -> Site {
        let bindings = [
            (GLUE, "glue"),
            (MODULE, "module"),
            ("snippets/a/inline0.js", "snippet"),
        ];
        let bindings = bindings.map(|(name, contents)| (name.to_owned(), contents.into()));
        assemble(self.folder.path(), bindings.into(), label).unwrap()
    }

    fn request(&self) -> Request {
        Request {
            workspace: self.folder.path().to_owned(),
            target_dir: self.folder.path().join("target/site"),
            out: self.folder.path().join("target/served"),
            profile: Profile::SiteTest,
            label: None,
        }
    }
}

impl Site {
    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.files[name]).unwrap()
    }
}

#[test]
fn the_page_names_the_hashed_files_of_its_own_build() {
    let site = Fixture::new().site(None);
    let page: Vec<_> = site.text("index.html").split(' ').collect();
    assert_eq!(page[..2], [site.build.as_str(), env!("CARGO_PKG_VERSION")]);
    for address in &page[2..] {
        assert!(site.files.contains_key(&address[1..]), "{address} is missing");
    }
    let loader = site.text(&page[3][1..]);
    assert!(
        loader.contains(&format!("/{}", hashed_name(GLUE, b"glue"))),
        "{loader}"
    );
    assert!(
        loader.contains(&format!("/{}", hashed_name(MODULE, b"module"))),
        "{loader}"
    );
}

#[test]
fn the_precache_list_covers_every_file_but_the_worker_with_its_digest() {
    let site = Fixture::new().site(None);
    let worker = site.text(WORKER);
    let list = worker.split('\'').nth(3).unwrap();
    let list: Vec<(String, String)> = serde_json::from_str(list).unwrap();
    let listed: BTreeSet<_> = list.iter().map(|(address, _)| &address[1..]).collect();
    let expected: BTreeSet<_> = site
        .files
        .keys()
        .map(String::as_str)
        .filter(|name| *name != WORKER)
        .collect();
    assert_eq!(listed, expected);
    for (address, integrity) in &list {
        let encoded = integrity.strip_prefix("sha256-").unwrap();
        let hash = hex::encode(STANDARD.decode(encoded).unwrap());
        assert_eq!(hash, digest(&site.files[&address[1..]]), "{address}");
    }
    assert!(worker.contains(&site.build));
}

#[test]
fn equal_sources_make_equal_builds_and_a_label_makes_another() {
    let fixture = Fixture::new();
    let first = fixture.site(None);
    assert_eq!(first.build, fixture.site(None).build);
    let labelled = fixture.site(Some("next"));
    assert_ne!(first.build, labelled.build);
    assert!(labelled.text("index.html").contains("+next"));
    fixture.put("styles/base.css", "@layer base {}");
    assert_ne!(first.build, fixture.site(None).build);
}

#[test]
fn a_new_site_replaces_the_old_one_as_a_whole() {
    let fixture = Fixture::new();
    let request = fixture.request();
    write(&fixture.site(None), &request).unwrap();
    fixture.put("styles/base.css", "@layer base {}");
    let site = fixture.site(None);
    let sizes = write(&site, &request).unwrap();

    let served = read_all(&request.out).unwrap();
    let is_copy = |name: &str| matches!(name.rsplit('.').next(), Some("br" | "gz"));
    let plain: Assets = served.into_iter().filter(|(name, _)| !is_copy(name)).collect();
    assert_eq!(plain, site.files);
    assert_eq!(sizes.len(), site.files.len());
    let beside = fs::read_dir(request.out.parent().unwrap()).unwrap().count();
    assert_eq!(
        beside, 2,
        "only the site and the folder of the nested cargo remain"
    );
}

#[test]
fn compressible_files_have_both_copies_and_pictures_none() {
    let fixture = Fixture::new();
    let request = fixture.request();
    for size in write(&fixture.site(None), &request).unwrap() {
        for ending in ["br", "gz"] {
            let copy = request.out.join(format!("{}.{ending}", size.name));
            assert_eq!(
                copy.exists(),
                !size.name.starts_with("icons/icon-"),
                "{}",
                copy.display()
            );
        }
    }
}

#[test]
fn a_missing_worker_is_named() {
    let fixture = Fixture::new();
    fs::remove_file(fixture.folder.path().join("frontend/public/sw.js")).unwrap();
    let problem = assemble(fixture.folder.path(), Assets::new(), None)
        .err()
        .unwrap();
    assert!(problem.to_string().contains("sw.js"), "{problem}");
}

/// The front end of this repository.
fn real(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn the_real_templates_have_no_hole_that_stays_open() {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let site = assemble(&workspace, Assets::new(), None).unwrap();
    for name in ["index.html", WORKER] {
        assert!(!site.text(name).contains("{{"), "{name}");
    }
}

#[test]
fn nothing_the_page_needs_comes_from_another_origin() {
    for name in [
        "index.html",
        "public/loader.js",
        "public/floor.js",
        "public/sw.js",
        "public/boot.css",
    ] {
        let text = real(name);
        for foreign in [
            "http://",
            "https://",
            "src=\"//",
            "href=\"//",
            "url(//",
            "@import",
        ] {
            assert!(!text.contains(foreign), "{name} has {foreign}");
        }
    }
}

#[test]
fn the_page_has_neither_script_nor_style_inside() {
    let page = real("index.html");
    for inline in [
        "<style",
        " style=",
        " onload=",
        " onerror=",
        " onclick=",
        "javascript:",
    ] {
        assert!(!page.contains(inline), "index.html has {inline}");
    }
    for script in page.split("<script").skip(1) {
        let (attributes, rest) = script.split_once('>').unwrap();
        assert!(
            attributes.contains("src="),
            "a script without a file: {attributes}"
        );
        assert!(
            rest.starts_with("</script>"),
            "a script with contents: {attributes}"
        );
    }
    for script in [real("public/loader.js"), real("public/floor.js")] {
        for inline in [
            "eval(",
            "new Function",
            "innerHTML",
            "setAttribute('style'",
            "document.write",
        ] {
            assert!(!script.contains(inline), "a script uses {inline}");
        }
    }
}

#[test]
fn the_service_worker_stays_under_150_lines() {
    assert!(real("public/sw.js").lines().count() < 150);
}
