//! How the server misbehaves.

use hickory_proto::op::ResponseCode;

/// What a server does with questions at a name, or with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Says nothing.
    Silence,
    /// Answers with this code.
    Code(ResponseCode),
    /// The answer by UDP is cut; by TCP it is whole.
    Cut,
    /// As before, and by TCP it says nothing.
    CutAndSilent,
    /// As before, and by TCP it sends a byte a moment, without end.
    CutAndDrip,
    /// As before, and by TCP the connection ends in the midst of the answer.
    CutAndClosed,
    /// An answer with another number comes, and nothing else.
    WrongId,
    /// An answer for another name comes, and nothing else.
    WrongQuestion,
    /// Bytes that are no message come, and nothing else.
    Garbage,
    /// The right number, and bytes that are no message behind it.
    GarbageWithId,
    /// Strays of every kind come before the answer.
    StraysFirst,
    /// Somebody else sends answers; the right one never comes.
    Forged,
    /// The alias leads in a circle.
    Circle,
    /// Only the alias comes; whoever wants the rest asks for it.
    AliasAlone,
    /// Each name is an alias of one that was not there yet.
    EndlessAliases,
    /// Messages of others come without end.
    Flood,
    /// Answers come without the sign of EDNS only.
    NoEdns,
    /// Names other servers in place of an answer.
    Referral,
}
