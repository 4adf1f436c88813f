//! Where a sheet is pasted, or a file of it chosen.

use shared::limit::{SHEET_FILE_BYTES, SHEET_PASTE_BYTES};
use yew::prelude::*;

use super::Shown;
use crate::browser::{clipboard, file};
use crate::grid::block::Block;
use crate::i18n::{AdminNote, Language};
use crate::intake;
use crate::pages::admin::notice;

pub(super) fn paste(
    language: Language,
    said: Option<AttrValue>,
    take: &Callback<Result<Block, Shown>>,
) -> Html {
    let onpaste = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            if clipboard::is_larger(&event, SHEET_PASTE_BYTES) {
                return take.emit(Err(Shown::TooLarge));
            }
            if let Some(block) = clipboard::pasted(&event) {
                // One column alone may be text with commas.
                let block = if block.width() == 1 {
                    intake::block(&block.to_tsv())
                } else {
                    block
                };
                take.emit(Ok(block));
            }
        })
    };
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            if let Some(chosen) = file::chosen(event.target()) {
                let take = take.clone();
                yew::platform::spawn_local(async move {
                    let text = file::text(&chosen, SHEET_FILE_BYTES).await;
                    take.emit(text.map(|text| intake::block(&text)).ok_or(Shown::BadFile));
                });
            }
        })
    };
    html! {
        <div class="sheet-paste">
            <label class="field"><span>{ language.note(&AdminNote::SheetPaste) }</span>
                <textarea class="input sheet-area" rows="6" placeholder={language.note(&AdminNote::SheetPasteHint)} {onpaste} /></label>
            <label class="button sheet-file"><span>{ language.note(&AdminNote::SheetFile) }</span>
                <input class="visually-hidden" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" {onchange} /></label>
            { notice(said) }
        </div>
    }
}
