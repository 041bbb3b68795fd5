using System;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Unicode;
using System.Threading;
using System.Threading.Tasks;
using Makapix.Cli.Commands;
using Microsoft.Win32.SafeHandles;

namespace Makapix.Cli;

/// <summary>
/// Reads a secret from a file descriptor or a prompt without echo. Never from an argument or an environment variable:
/// every user of the machine may see those.
/// </summary>
internal static class SecretInput
{
    private const int MaxBytes = 1024;

    /// <summary>An option that takes the number of an open file descriptor.</summary>
    public static Option<int?> FdOption(string name, string what) =>
        new(name)
        {
            Description = $"file descriptor from which {what} is read (one line); without it, makapix asks",
            HelpName = "N",
            CustomParser = result => NumberArgument.Decimal(result, 0, int.MaxValue),
        };

    /// <summary>The secret: from <paramref name="fd"/> if given, else from a prompt. The caller clears the array after use.</summary>
    /// <exception cref="CliException">The descriptor cannot be read, the secret is empty, or there is no terminal to ask on.</exception>
    /// <exception cref="OperationCanceledException">It was not waited for any longer.</exception>
    public static char[] Read(int? fd, string prompt, TextWriter error, CancellationToken cancel)
    {
        // Neither a terminal nor a pipe can be made to give up a read: Ctrl-C leaves the thread to it.
        var reading = Task.Run(() => fd is { } number ? ReadDescriptor(number) : Ask(prompt, error), CancellationToken.None);
        var secret = reading.WaitAsync(cancel).GetAwaiter().GetResult();
        return Filled(secret, prompt);
    }

    /// <summary>The one line of a stream. The caller clears the array after use.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="source">Where it comes from, for people.</param>
    /// <exception cref="CliException">It is more than one line, or no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static char[] ReadLine(Stream stream, string source)
    {
        var buffer = new byte[MaxBytes + 1];
        try
        {
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaxBytes
                ? OneLine(buffer.AsSpan(0, length), source)
                : throw new CliException("012", $"{source} holds more than {MaxBytes} bytes.", "Give one line with the secret alone.");
        }
        finally
        {
            Array.Clear(buffer);
        }
    }

    /// <exception cref="CliException">It is empty.</exception>
    public static char[] Filled(char[] secret, string what) =>
        secret.Length > 0 ? secret : throw new CliException("011", $"the {what} is empty.", "Give at least one character.");

    private static char[] ReadDescriptor(int fd)
    {
        if (!InheritedDescriptor.Is(fd))
        {
            throw NotOpen(fd, null);
        }

        try
        {
            // Owned, so closed right away: no child process inherits it.
            using var stream = new FileStream(new SafeFileHandle(fd, ownsHandle: true), FileAccess.Read, bufferSize: 0);
            return ReadLine(stream, $"file descriptor {fd}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw NotOpen(fd, e);
        }
    }

    private static char[] OneLine(Span<byte> bytes, string source)
    {
        bytes = bytes.EndsWith("\r\n"u8) ? bytes[..^2] : bytes.EndsWith("\n"u8) ? bytes[..^1] : bytes;

        // Bytes that are no text would all become the same character, and a strong passphrase a weak one.
        return !bytes.Contains((byte)'\n') && Utf8.IsValid(bytes)
            ? Chars(bytes)
            : throw new CliException("014", $"{source} does not hold one line of UTF-8 text.", "Give one line with the secret alone; a random one as hexadecimal or base64.");
    }

    private static char[] Chars(ReadOnlySpan<byte> utf8)
    {
        var chars = new char[Encoding.UTF8.GetCharCount(utf8)];
        Encoding.UTF8.GetChars(utf8, chars);
        return chars;
    }

    private static CliException NotOpen(int fd, Exception? inner) =>
        new("010", $"file descriptor {fd} cannot be read.", $"Open it in the shell, as in: makapix … {fd}< secret-file.", inner);

    private static char[] Ask(string prompt, TextWriter error)
    {
        if (Console.IsInputRedirected)
        {
            throw new CliException("013", $"there is no terminal to ask for the {prompt}.", "Give it by the -fd option.");
        }

        error.Write($"{prompt}: ");
        var typed = new char[MaxBytes];
        var length = 0;
        try
        {
            while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
            {
                if (key.Key == ConsoleKey.Backspace)
                {
                    length = Math.Max(0, length - 1);
                }
                else if (key.KeyChar >= ' ' && length < typed.Length)
                {
                    typed[length++] = key.KeyChar;
                }
            }

            return typed[..length];
        }
        finally
        {
            Array.Clear(typed);
            error.WriteLine();
        }
    }
}
