namespace Makapix.Device.Payloads
{
    /// <summary>Why a message was not acted upon, in the order in which the guard asks.</summary>
    public enum RejectCause
    {
        /// <summary>It was.</summary>
        None,

        /// <summary>The topic is not one this device acts on.</summary>
        Topic,

        /// <summary>More than <see cref="CommandGuard.MaxPayload"/> bytes.</summary>
        Oversize,

        /// <summary>Not RFC 8259.</summary>
        Syntax,

        /// <summary>Bytes or escapes that are no Unicode text: overlong forms, surrogates, code points past U+10FFFF.</summary>
        Text,

        /// <summary>Nested deeper than <see cref="JsonReader.MaxDepth"/>.</summary>
        Depth,

        /// <summary>Something follows the value.</summary>
        Trailing,

        /// <summary>A name that its object already has, however it is spelled: two readers might each believe another one.</summary>
        DuplicateName,

        /// <summary>More names open at a time than the guard keeps track of.</summary>
        TooManyNames,

        /// <summary>The envelope: a field missing, of a wrong type, or without a valid value.</summary>
        Envelope,

        /// <summary>A command type this device does not have.</summary>
        Unsupported,

        /// <summary>The payload breaks the schema of its type.</summary>
        Schema,

        /// <summary>Issued more than ten minutes ago, or from now.</summary>
        Stale,

        /// <summary>A command id seen before.</summary>
        Duplicate,

        /// <summary>No slot is free for its acknowledgement.</summary>
        Busy,

        /// <summary>Valid, but outside of what this device declared, or the device failed to do it.</summary>
        Refused,
    }
}
