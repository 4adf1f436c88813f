//! What is kept of a code: the same for the same code, salt and rounds, and nothing else.

use frontend::browser::idb::{Database, Step};
use frontend::browser::secret;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_code_is_stretched_as_pbkdf2_says() {
    // Checked against Python's hashlib.pbkdf2_hmac("sha256", b"2468", bytes(16), 1000).
    let stretched = secret::stretch("2468", &[0; 16], 1_000).await.unwrap();
    let hex = stretched
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    assert_eq!(
        hex,
        "624abc77dd781d3944e807dd7926d6e20df60afd0163562248d5cd29a930f3c8"
    );
    let salted = secret::stretch("2468", &secret::salt(), 1_000).await.unwrap();
    assert_ne!(salted, stretched);
}

#[wasm_bindgen_test]
async fn a_deleted_database_is_empty_when_it_is_opened_again() {
    const STORES: &[&str] = &["meta"];
    let name = "to-be-deleted";
    let put = |key: &str| Step::Put {
        store: "meta",
        key: key.to_owned(),
        value: key.as_bytes().to_vec(),
    };
    let db = Database::open(name, STORES).await.unwrap();
    db.write(vec![put("a/1"), put("a/2"), put("b/1")]).await.unwrap();
    let pairs = db.pairs("meta", "a/").await.unwrap();
    let wanted = ["a/1", "a/2"].map(|key| (key.to_owned(), key.as_bytes().to_vec()));
    assert_eq!(pairs, wanted);
    // Another connection gives way by itself.
    let _other = Database::open(name, STORES).await.unwrap();
    db.close();
    Database::delete(name).await.unwrap();
    Database::delete(name).await.unwrap();
    let again = Database::open(name, STORES).await.unwrap();
    assert!(again.pairs("meta", "").await.unwrap().is_empty());
    again.close();
}
