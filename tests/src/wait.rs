//! Waiting for a condition, with a deadline that names what did not happen.

use std::time::Duration;

use crate::failing;
use tokio::time::{Instant, sleep, timeout_at};

/// How long a test waits for anything, unless it says otherwise; two busy cores need some of it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long a probe rests at first before it looks again.
const FIRST_REST: Duration = Duration::from_millis(5);

/// How long a probe rests at most before it looks again.
const LONGEST_REST: Duration = Duration::from_millis(100);

/// What was waited for, and did not happen.
#[derive(Debug, thiserror::Error)]
#[error("waited {} s in vain until {what}{}", waited.as_secs_f32(), last.as_ref().map(|last| format!("; the last look said: {last}")).unwrap_or_default())]
pub struct DidNotHappen {
    /// The condition, in the words of the test.
    pub what: String,
    /// How long it was waited for.
    pub waited: Duration,
    /// What went wrong at the last look, if something did.
    pub last: Option<String>,
}

/// Looks again and again until `look` finds something, for [`PATIENCE`]; an error counts as not yet.
///
/// # Errors
///
/// When the time is over; the error names `what` and the last error.
pub async fn until<T>(
    what: &str,
    look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> Result<T, DidNotHappen> {
    until_within(PATIENCE, what, look).await
}

/// As [`until`], with a time of the caller's.
///
/// # Errors
///
/// When the time is over; the error names `what` and the last error.
pub async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> Result<T, DidNotHappen> {
    let deadline = Instant::now() + patience;
    let mut rest = FIRST_REST;
    let mut last = None;
    while Instant::now() < deadline {
        match timeout_at(deadline, look()).await {
            Ok(Ok(Some(found))) => return Ok(found),
            Ok(Ok(None)) => last = None,
            Ok(Err(problem)) => last = Some(format!("{problem:#}")),
            // What the look before it said is more than that this one was cut short.
            Err(_) => last = last.or_else(|| Some("no answer".to_owned())),
        }
        sleep(rest).await;
        rest = (rest * 2).min(LONGEST_REST);
    }
    failing::note();
    Err(DidNotHappen {
        what: what.to_owned(),
        waited: patience,
        last,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_condition_that_comes_true_ends_the_wait() {
        let mut looks = 0;
        let found = until("three looks", async || {
            looks += 1;
            Ok((looks == 3).then_some(looks))
        });
        assert_eq!(found.await.ok(), Some(3));
    }

    #[tokio::test(start_paused = true)]
    async fn what_did_not_happen_is_named_with_the_last_error() {
        let never = until_within(
            Duration::from_secs(2),
            "the moon rises",
            async || -> anyhow::Result<Option<()>> { anyhow::bail!("clouds") },
        );
        let said = never.await.map_err(|problem| problem.to_string());
        assert_eq!(
            said,
            Err("waited 2 s in vain until the moon rises; the last look said: clouds".to_owned())
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_that_hangs_does_not_outlast_the_deadline() {
        let hung = until_within(Duration::from_secs(2), "an answer comes", async || {
            std::future::pending::<anyhow::Result<Option<()>>>().await
        });
        assert_eq!(
            hung.await.map_err(|problem| problem.last),
            Err(Some("no answer".to_owned()))
        );
    }
}
