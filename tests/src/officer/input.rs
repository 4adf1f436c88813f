//! Typing, composing, copying and pasting, with the events a keyboard and an input method would cause.

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Officer;
use super::keys::Stroke;

/// What lies in the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Clip {
    /// As plain text; a block of cells is separated by tabs and line ends.
    pub text: String,
    /// As HTML, if there is any.
    pub html: Option<String>,
}

impl Officer {
    /// Types text into what has the focus: keys for what a keyboard has, one insertion for each run of other signs.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        let typing = async {
            let mut foreign = String::new();
            for sign in text.chars() {
                match Stroke::writing(sign) {
                    None => foreign.push(sign),
                    Some(stroke) => {
                        self.insert(&mut foreign).await?;
                        self.strike(&stroke).await?;
                    }
                }
            }
            self.insert(&mut foreign).await
        };
        self.told(&format!("types {text}"), typing).await
    }

    /// Presses keys one after the other, such as `Ctrl+Z` or `ArrowDown ArrowDown Enter`.
    ///
    /// # Errors
    ///
    /// When there is no such key, or the browser does not answer.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let pressing = async {
            for key in keys.split_whitespace() {
                self.strike(&Stroke::parse(key)?).await?;
            }
            Ok(())
        };
        self.told(&format!("presses {keys}"), pressing).await
    }

    /// Presses a key that the input method keeps for itself while composing: the page sees key code 229.
    ///
    /// # Errors
    ///
    /// As [`Self::press`].
    pub async fn press_in_input_method(&self, key: &str) -> Result<()> {
        let pressing = async {
            let stroke = Stroke::parse(key)?;
            self.devtools("Input.dispatchKeyEvent", stroke.down_in_input_method())
                .await?;
            self.devtools("Input.dispatchKeyEvent", stroke.up()).await?;
            Ok(())
        };
        self.told(&format!("presses {key} while composing"), pressing)
            .await
    }

    /// Composes with an input method: each step is what stands underlined after one more key.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn compose(&self, steps: &[&str]) -> Result<()> {
        for step in steps {
            // Which key it was is hidden by the code 229; any will do.
            self.press_in_input_method("a").await?;
            self.told(&format!("composes {step}"), self.set_composition(step))
                .await?;
        }
        Ok(())
    }

    /// Ends the composition with this text.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn commit_composition(&self, text: &str) -> Result<()> {
        self.press_in_input_method("Space").await?;
        let commit = async {
            self.devtools("Input.insertText", json!({ "text": text })).await?;
            Ok(())
        };
        self.told(&format!("commits {text}"), commit).await
    }

    /// Ends the composition with nothing, as Escape does in an input method.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn cancel_composition(&self) -> Result<()> {
        self.press_in_input_method("Escape").await?;
        self.told("cancels composing", self.set_composition("")).await
    }

    /// Puts something into the clipboard, as another program would have.
    ///
    /// # Errors
    ///
    /// When the page may not.
    pub async fn put_in_clipboard(&self, clip: &Clip) -> Result<()> {
        let write = "const items = { 'text/plain': new Blob([args.text], { type: 'text/plain' }) }; \
                     if (args.html !== null) items['text/html'] = new Blob([args.html], { type: 'text/html' }); \
                     await navigator.clipboard.write([new ClipboardItem(items)]); return null;";
        let writing = async {
            self.allow_clipboard().await?;
            self.ask::<Value>(write, json!({ "text": clip.text, "html": clip.html }))
                .await
        };
        self.told("fills the clipboard", writing).await?;
        Ok(())
    }

    /// What lies in the clipboard.
    ///
    /// # Errors
    ///
    /// When the page may not see it.
    pub async fn clipboard(&self) -> Result<Clip> {
        let read = "const [item] = await navigator.clipboard.read(); \
                    const part = async (type) => item?.types.includes(type) ? (await item.getType(type)).text() : null; \
                    return { text: (await part('text/plain')) ?? '', html: await part('text/html') };";
        let reading = async {
            self.allow_clipboard().await?;
            self.ask(read, Value::Null).await
        };
        self.told("looks into the clipboard", reading).await
    }

    /// Pastes into what has the focus.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn paste(&self) -> Result<()> {
        self.press("Ctrl+V").await
    }

    /// Copies what is selected, and gives what is in the clipboard then.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn copy(&self) -> Result<Clip> {
        self.press("Ctrl+C").await?;
        self.clipboard().await
    }

    async fn strike(&self, stroke: &Stroke) -> Result<()> {
        self.devtools("Input.dispatchKeyEvent", stroke.down()).await?;
        self.devtools("Input.dispatchKeyEvent", stroke.up()).await?;
        Ok(())
    }

    /// Inserts and empties a run of signs that no keyboard has.
    async fn insert(&self, run: &mut String) -> Result<()> {
        if !run.is_empty() {
            self.devtools("Input.insertText", json!({ "text": std::mem::take(run) }))
                .await?;
        }
        Ok(())
    }

    async fn set_composition(&self, text: &str) -> Result<()> {
        let end = text.encode_utf16().count();
        let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.devtools("Input.imeSetComposition", composition).await?;
        Ok(())
    }

    async fn allow_clipboard(&self) -> Result<()> {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.devtools("Browser.grantPermissions", permissions).await?;
        // Only a page that has the focus may touch the clipboard.
        self.devtools("Page.bringToFront", json!({})).await?;
        Ok(())
    }
}
