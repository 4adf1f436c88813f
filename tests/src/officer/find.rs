//! Finding things by role and name, and clicking them.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Officer;

/// Something on the page that could be clicked.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    x: f64,
    y: f64,
    covered: Option<String>,
    /// Whether it is greyed out.
    pub disabled: bool,
    /// What it says.
    pub text: String,
    /// What is entered in it, if it is a field.
    pub value: Option<String>,
}

impl Officer {
    /// Waits until something of that role and name is on the page.
    ///
    /// # Errors
    ///
    /// When there is none in time.
    pub async fn find(&self, role: &str, name: &str) -> Result<Seen> {
        self.waits_until_with(&format!("there is a {role} {name}"), async |officer| {
            officer.ask(FIND, json!({ "role": role, "name": name })).await
        })
        .await
    }

    /// Whether something of that role and name is on the page now.
    ///
    /// # Errors
    ///
    /// When the page does not answer.
    pub async fn has(&self, role: &str, name: &str) -> Result<bool> {
        let seen: Option<Seen> = self
            .told(
                "looks around",
                self.ask(FIND, json!({ "role": role, "name": name })),
            )
            .await?;
        Ok(seen.is_some())
    }

    /// Clicks what has that role and name, once it is there, enabled, and nothing lies over it.
    ///
    /// # Errors
    ///
    /// When it cannot be clicked in time.
    pub async fn click(&self, role: &str, name: &str) -> Result<()> {
        self.clicks(
            &format!("the {role} {name} can be clicked"),
            FIND,
            json!({ "role": role, "name": name }),
        )
        .await
    }

    /// Clicks the first thing that matches a CSS selector, for what has neither role nor name.
    ///
    /// # Errors
    ///
    /// When it cannot be clicked in time.
    pub async fn click_selector(&self, selector: &str) -> Result<()> {
        let find = "const found = [...document.querySelectorAll(args)].find(isShown); \
                    return found ? spotOf(found) : null;";
        self.clicks(&format!("{selector} can be clicked"), find, selector.into())
            .await
    }

    /// Puts text into a field in place of what is there.
    ///
    /// # Errors
    ///
    /// When there is no such field in time.
    pub async fn fill(&self, name: &str, text: &str) -> Result<()> {
        self.click("textbox", name).await?;
        self.press("Ctrl+A").await?;
        self.type_text(text).await
    }

    /// Enters account and password at a computer of one's own, and sends them.
    ///
    /// # Errors
    ///
    /// When there is no such form in time.
    pub async fn signs_in(&self, account: &str, password: &str) -> Result<()> {
        self.enters_account(account, password).await?;
        self.sets_shared(false).await?;
        self.clicks("the form can be sent", BY_KEY, "submit".into()).await
    }

    /// Enters account and password at a computer that others use too, and sends them.
    ///
    /// # Errors
    ///
    /// When there is no such form in time.
    pub async fn signs_in_at_shared(&self, account: &str, password: &str) -> Result<()> {
        self.enters_account(account, password).await?;
        self.sets_shared(true).await?;
        self.clicks("the form can be sent", BY_KEY, "submit".into()).await
    }

    /// Whether there is a form, and it says that this is a shared computer.
    ///
    /// # Errors
    ///
    /// When the page does not answer.
    pub async fn is_taken_for_shared(&self) -> Result<bool> {
        self.told(
            "looks at the tick",
            self.ask(
                "return document.querySelector(S.shared)?.checked === true;",
                Value::Null,
            ),
        )
        .await
    }

    async fn sets_shared(&self, wanted: bool) -> Result<()> {
        if self.is_taken_for_shared().await? != wanted {
            self.clicks("the tick can be set", BY_KEY, "shared".into())
                .await?;
        }
        self.waits_until_with("the tick is set", async |officer| {
            Ok((officer.is_taken_for_shared().await? == wanted).then_some(()))
        })
        .await
    }

    async fn enters_account(&self, account: &str, password: &str) -> Result<()> {
        for (field, text) in [("account", account), ("password", password)] {
            self.clicks(&format!("the field {field} is there"), BY_KEY, field.into())
                .await?;
            self.press("Ctrl+A").await?;
            self.type_text(text).await?;
        }
        Ok(())
    }

    /// Waits until `find` gives something that stays where it is and can be clicked, and clicks it.
    pub(super) async fn clicks(&self, what: &str, find: &str, args: Value) -> Result<()> {
        // What is still being scrolled or laid out would be somewhere else when the click comes.
        let twice = format!(
            "const look = async () => {{ {find} }}; const before = await look(); await drawn(); const now = await look(); \
             return before && now && before.x === now.x && before.y === now.y ? now : null;"
        );
        let seen = self
            .waits_until_with(what, async |officer| {
                let seen: Option<Seen> = officer.ask(&twice, args.clone()).await?;
                let Some(seen) = seen else { return Ok(None) };
                ensure!(!seen.disabled, "it is greyed out");
                if let Some(covering) = &seen.covered {
                    anyhow::bail!("over it lies {covering}");
                }
                Ok(Some(seen))
            })
            .await?;
        self.told(what, self.click_at(&seen)).await
    }

    async fn click_at(&self, seen: &Seen) -> Result<()> {
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let count = i32::from(kind != "mouseMoved");
            let event = json!({
                "type": kind, "x": seen.x, "y": seen.y, "button": button, "buttons": buttons, "clickCount": count,
            });
            self.devtools("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }
}

/// Finds by role and name.
const FIND: &str = "const found = allBy(args.role, args.name)[0]; return found ? spotOf(found) : null;";

/// Finds by one of our own selectors.
const BY_KEY: &str = "const found = [...document.querySelectorAll(S[args])].find(isShown); return found ? spotOf(found) : null;";
