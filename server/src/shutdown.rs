//! When the system wants the relay to end.

use std::io;

/// Returns once the process is asked to end: ctrl-c, or SIGTERM from a service manager.
///
/// # Errors
///
/// Fails when the system does not let it listen for signals.
pub async fn asked() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            pressed = tokio::signal::ctrl_c() => pressed,
        }
    }
    #[cfg(not(unix))]
    {
        tokio::signal::ctrl_c().await
    }
}
