using System;
using System.Globalization;
using System.IO;
using Makapix.LedgerWriter;

// LOCATION claim COUNT      issues serial numbers 1…COUNT, as many as another process leaves it; prints each that it got, and how the others failed
// LOCATION die STEP         makes the ledger if it is not there, writes devices to it, and dies by SIGKILL at that step; prints what was committed
// LOCATION upgrade STEP     opens the ledger as the makapix of tomorrow would, and dies by SIGKILL at that step of bringing it up to date; 0: lives
var words = args is [_, _, _] ? args : throw new ArgumentException("LOCATION claim COUNT | LOCATION die STEP | LOCATION upgrade STEP");
var number = int.Parse(words[2], CultureInfo.InvariantCulture);
var writer = new Writer(words[0], Console.Out);
return words[1] switch
{
    "claim" => writer.Claim(number),
    "die" => writer.WriteUntil(number),
    "upgrade" => writer.Upgrade(number),
    _ => throw new InvalidDataException(words[1]),
};
