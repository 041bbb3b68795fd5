namespace Makapix.Device.Payloads
{
    /// <summary>Why a message was not acted upon, in the order in which the device asks; of the schema's rules, the first that it finds broken.</summary>
    public enum RejectCause
    {
        /// <summary>It was.</summary>
        None,

        /// <summary>The topic is not one this device acts on.</summary>
        Topic,

        /// <summary>More than <see cref="PayloadGuard.MaxPayload"/> bytes.</summary>
        Oversize,

        /// <summary>More messages or bytes than its topic may bring.</summary>
        Flood,

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

        /// <summary>More than <see cref="PayloadGuard.MaxOpenNames"/> names open at a time, or names that were chosen to be slow to tell apart.</summary>
        TooManyNames,

        /// <summary><c>type</c>.</summary>
        Type,

        /// <summary><c>enum</c> or <c>const</c>.</summary>
        Value,

        /// <summary><c>minimum</c>, <c>maximum</c>, or one of their exclusive forms.</summary>
        Range,

        /// <summary><c>multipleOf</c>.</summary>
        MultipleOf,

        /// <summary><c>minLength</c> or <c>maxLength</c>.</summary>
        Length,

        /// <summary><c>format</c>.</summary>
        Format,

        /// <summary><c>minItems</c> or <c>maxItems</c>, or an item that <c>items</c> does not allow.</summary>
        Items,

        /// <summary><c>minProperties</c> or <c>maxProperties</c>.</summary>
        Properties,

        /// <summary><c>required</c>.</summary>
        Required,

        /// <summary><c>additionalProperties</c>.</summary>
        UnknownName,

        /// <summary>Nothing else is wrong, but it is of a type this device does not have, or cannot do.</summary>
        Unsupported,

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
