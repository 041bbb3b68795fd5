namespace Makapix.Device.Payloads
{
    /// <summary>Members of objects, and oneOf by a discriminator.</summary>
    public sealed partial class PayloadGuard
    {
        private void TakeName()
        {
            int depth = _reader.Depth;
            RejectCause ambiguous = _names.Add(_reader.Start, _reader.End, depth);
            if (ambiguous != RejectCause.None)
            {
                Violate(ambiguous, At());
            }

            _memberNode = SchemaTable.Any;
            _memberSlot = SchemaTable.NoSlot;
            _memberDecides = false;
            int section = _node[depth] == SchemaTable.Any ? 0 : Section(_node[depth], SchemaTable.ObjectSection);
            if (section != 0)
            {
                CheckMost(section, depth, RejectCause.Properties);
                FindMember(section, depth);
            }
        }

        private void FindMember(int section, int depth)
        {
            int undecided = Section(_node[depth], SchemaTable.SwitchSection);
            int count = _table[section + 7];
            int entry = section + SchemaTable.ObjectEntries;
            for (int i = 0; i < count; i++, entry += SchemaTable.ObjectEntry)
            {
                if (MatchesText(U16(entry), 0))
                {
                    int mark = _table[entry + 4];
                    _seen[depth] |= 1 << i;
                    _memberNode = U16(entry + 2);
                    _memberSlot = mark & SchemaTable.SlotMask;
                    _memberDecides = undecided != 0 && i == _table[undecided + 1];
                    _late[depth] |= undecided != 0 && (mark & SchemaTable.Refined) != 0;
                    return;
                }
            }

            int additional = U16(section + 5);
            if (undecided != 0)
            {
                _late[depth] = true;
            }
            else if (additional == SchemaTable.Nothing)
            {
                Violate(RejectCause.UnknownName, At());
            }
            else
            {
                _memberNode = additional;
            }
        }

        /// <summary>The value of the discriminator: from here on the object must satisfy the branch that has it.</summary>
        private void Decide(int depth)
        {
            int section = Section(_node[depth], SchemaTable.SwitchSection);
            int count = _table[section + 2];
            int entry = section + SchemaTable.SwitchEntries;
            for (int i = 0; i < count; i++, entry += SchemaTable.SwitchEntry)
            {
                if (MatchesValue(U16(entry)))
                {
                    _node[depth] = U16(entry + 2);
                    return;
                }
            }

            Violate(RejectCause.Unsupported, At());
        }

        private void EndObject(int node, int depth)
        {
            int section = Section(node, SchemaTable.ObjectSection);
            if (section == 0)
            {
                return;
            }

            CheckLeast(section, depth, RejectCause.Properties);
            int count = _table[section + 7];
            int mark = section + SchemaTable.ObjectEntries + 4;
            for (int i = 0; i < count; i++, mark += SchemaTable.ObjectEntry)
            {
                if ((_table[mark] & SchemaTable.Required) != 0 && (_seen[depth] & (1 << i)) == 0)
                {
                    Violate(RejectCause.Required, _start[depth]);
                }
            }
        }
    }
}
