namespace Makapix.Device.Payloads
{
    /// <summary>The names of <see cref="RejectCause"/> as they are published: on nanoCLR an enum as text is its number.</summary>
    public static class RejectCauses
    {
        /// <summary>How many causes there are, <see cref="RejectCause.None"/> included.</summary>
        public const int Count = (int)RejectCause.Refused + 1;

        /// <summary>The stable name of a cause.</summary>
        public static string Name(RejectCause cause)
        {
            switch (cause)
            {
                case RejectCause.Topic: return "topic";
                case RejectCause.Oversize: return "oversize";
                case RejectCause.Syntax: return "syntax";
                case RejectCause.Text: return "text";
                case RejectCause.Depth: return "depth";
                case RejectCause.Trailing: return "trailing";
                case RejectCause.DuplicateName: return "duplicate_name";
                case RejectCause.TooManyNames: return "too_many_names";
                case RejectCause.Envelope: return "envelope";
                case RejectCause.Unsupported: return "unsupported";
                case RejectCause.Schema: return "schema";
                case RejectCause.Stale: return "stale";
                case RejectCause.Duplicate: return "duplicate";
                case RejectCause.Busy: return "busy";
                case RejectCause.Refused: return "refused";
                default: return "none";
            }
        }
    }
}
