//! Notes of one topic, each of which is a message.

use super::{AccessNote, AdminNote, AuditNote, DeviceNote, Message, SafetyNote};

macro_rules! notes_are_messages {
    ($($note:ident => $variant:ident),*) => {$(
        impl<'a> From<$note<'a>> for Message<'a> {
            fn from(note: $note<'a>) -> Self {
                Self::$variant(note)
            }
        }
    )*};
}

notes_are_messages!(DeviceNote => Device, AccessNote => Access, AdminNote => Admin, AuditNote => Audit, SafetyNote => Safety);
