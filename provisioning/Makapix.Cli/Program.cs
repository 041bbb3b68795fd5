using System;
using Makapix.Cli;

return await new CommandLineHost(Console.Out, Console.Error).RunAsync(args);
