//! Whether a resolver validates: the root is signed, so that one that does says so of it.

use hickory_proto::op::MessageType;
use hickory_proto::rr::{Name, RecordType};

use crate::message::{Message, ask, repeats};

/// A question for the name servers of the root.
pub fn root_message(id: u16) -> Option<Vec<u8>> {
    ask(&Name::root(), RecordType::NS, id, true)
}

/// Whether the answer to [`root_message`] is said to be validated. `None`: it is no such answer.
pub fn root_validated(id: u16, bytes: &[u8]) -> Option<bool> {
    let message = Message::read(bytes)?;
    let is_answer = message.metadata.id == id
        && message.metadata.message_type == MessageType::Response
        && repeats(&message, &Name::root(), RecordType::NS);
    is_answer.then_some(message.metadata.authentic_data)
}
