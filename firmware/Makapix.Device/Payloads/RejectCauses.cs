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
                case RejectCause.Flood: return "flood";
                case RejectCause.Syntax: return "syntax";
                case RejectCause.Text: return "text";
                case RejectCause.Depth: return "depth";
                case RejectCause.Trailing: return "trailing";
                case RejectCause.DuplicateName: return "duplicate_name";
                case RejectCause.TooManyNames: return "too_many_names";
                case RejectCause.Type: return "type";
                case RejectCause.Value: return "value";
                case RejectCause.Range: return "range";
                case RejectCause.MultipleOf: return "multiple_of";
                case RejectCause.Length: return "length";
                case RejectCause.Format: return "format";
                case RejectCause.Items: return "items";
                case RejectCause.Properties: return "properties";
                case RejectCause.Required: return "required";
                case RejectCause.UnknownName: return "unknown_name";
                case RejectCause.Unsupported: return "unsupported";
                case RejectCause.Stale: return "stale";
                case RejectCause.Duplicate: return "duplicate";
                case RejectCause.Busy: return "busy";
                case RejectCause.Refused: return "refused";
                default: return "none";
            }
        }
    }
}
