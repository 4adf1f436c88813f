//! Text files as spreadsheets write them.

use frontend::browser::file;
use js_sys::{Array, Uint8Array};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

/// What is read of a file of these bytes.
async fn read(bytes: &[u8]) -> Option<String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let file = File::new_with_u8_array_sequence(&parts, "sheet.txt").unwrap();
    file::text(&file, 100).await
}

#[wasm_bindgen_test]
async fn a_text_file_is_read_in_the_encoding_it_is_in() {
    let wanted = Some("姓名\t账号".to_owned());
    assert_eq!(read("姓名\t账号".as_bytes()).await, wanted);
    assert_eq!(read("\u{feff}姓名\t账号".as_bytes()).await, wanted);
    // As WPS and Excel write CSV in China.
    assert_eq!(read(b"\xD0\xD5\xC3\xFB\t\xD5\xCB\xBA\xC5").await, wanted);
    // As Excel writes "Unicode text", and the same turned round.
    let units: Vec<u16> = "\u{feff}姓名\t账号".encode_utf16().collect();
    let [little, big] = [u16::to_le_bytes, u16::to_be_bytes]
        .map(|bytes| units.iter().flat_map(|unit| bytes(*unit)).collect::<Vec<u8>>());
    assert_eq!(read(&little).await, wanted);
    assert_eq!(read(&big).await, wanted);
}

#[wasm_bindgen_test]
async fn what_is_no_text_or_too_long_is_not_read() {
    assert_eq!(read(b"PK\x03\x04\0\0").await, None);
    assert_eq!(read(&[0xFF, 0xFF, 0xFF]).await, None);
    assert_eq!(read(&[b'a'; 101]).await, None);
}
