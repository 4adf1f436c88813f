//! What is said of the relay's address and its certificate.

use shared::time::Timestamp;

/// Everything that is said of the relay's address and its certificate.
#[expect(missing_docs, reason = "the two languages say what each message says")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMessage<'a> {
    Expired,
    /// Whom to tell; empty where nobody is known.
    ExpiredTell {
        names: &'a str,
    },
    Ends {
        at: Timestamp,
        days: u64,
    },
    Ended {
        at: Timestamp,
    },
    NotTrusted,
    HowToTrust,
    Moved {
        to: &'a str,
    },
    MovedGo,
}

pub(super) fn chinese(message: &AddressMessage<'_>) -> String {
    match *message {
        AddressMessage::Expired => "证书已过期，可离线编辑".to_owned(),
        AddressMessage::ExpiredTell { names: "" } => {
            "服务器的证书已过期，浏览器不再连接。请告知管理员；本机修改都在，更换证书后会自动上传。"
                .to_owned()
        }
        AddressMessage::ExpiredTell { names } => {
            format!(
                "服务器的证书已过期，浏览器不再连接。请告知管理员 {names}；本机修改都在，更换证书后会自动上传。"
            )
        }
        AddressMessage::Ends { at, days } => {
            format!("服务器的证书将于 {} 到期（还有 {days} 天），请更换。", at.date())
        }
        AddressMessage::Ended { at } => format!("服务器的证书已于 {} 到期，请立即更换。", at.date()),
        AddressMessage::NotTrusted => {
            "本浏览器不信任此地址的证书，因此断网时打不开台账，输入的密码也可能被他人看到。".to_owned()
        }
        AddressMessage::HowToTrust => "如何信任".to_owned(),
        AddressMessage::Moved { to } => {
            format!("台账的地址已改为 {to}。这里只把本机尚未上传的修改上传，不再编辑。")
        }
        AddressMessage::MovedGo => "前往新地址".to_owned(),
    }
}

pub(super) fn english(message: &AddressMessage<'_>) -> String {
    match *message {
        AddressMessage::Expired => "Certificate expired, editing offline".to_owned(),
        AddressMessage::ExpiredTell { names: "" } => "The server's certificate has expired, and the browser no longer \
             connects. Tell an administrator; your changes are on this device and upload once there is a new one."
            .to_owned(),
        AddressMessage::ExpiredTell { names } => format!(
            "The server's certificate has expired, and the browser no longer connects. Tell an administrator: {names}. \
             Your changes are on this device and upload once there is a new one."
        ),
        AddressMessage::Ends { at, days } => {
            format!("The server's certificate ends on {} (in {days} days). Please renew it.", at.date())
        }
        AddressMessage::Ended { at } => {
            format!("The server's certificate ended on {}. Please renew it now.", at.date())
        }
        AddressMessage::NotTrusted => "This browser does not trust this address's certificate: the app does not open \
             without a network, and others might read your password."
            .to_owned(),
        AddressMessage::HowToTrust => "How to trust it".to_owned(),
        AddressMessage::Moved { to } => format!(
            "The app is now at {to}. Here, what is on this device alone is uploaded, and nothing is edited any more."
        ),
        AddressMessage::MovedGo => "Go to the new address".to_owned(),
    }
}
