using System.CommandLine;
using System.IO;
using System.Linq;

namespace Makapix.Cli.Commands;

/// <summary>An argument that takes one file or more.</summary>
internal static class FilesArgument
{
    public static Argument<string[]> Create(string what)
    {
        var files = new Argument<string[]>("FILE") { Description = what, Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(result =>
        {
            // An argument that takes any number of values takes a mistyped option for one of them.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-') && !File.Exists(token.Value)) is { } mistyped)
            {
                result.AddError($"'{mistyped.Value}' is no option here, and no file");
            }
        });
        return files;
    }
}
