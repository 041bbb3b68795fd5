using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Threading.Tasks;
using Makapix.Provisioning.Broker.Check;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Check;

/// <summary>What a broker takes is looked at while it may end at any time: by an attack, or by Ctrl-C, which reaches all that one terminal has started.</summary>
[TestClass]
public sealed class ProcessUseTests
{
    [TestMethod]
    public void A_process_that_ends_while_it_is_looked_at_takes_nothing()
    {
        for (var i = 0; i < 200; i++)
        {
            using var process = Process.Start("true");
            var target = new Target(process.Id);
            while (!process.HasExited)
            {
                Assert.IsLessThan(10.0, target.Broker.CpuSeconds);
            }

            process.WaitForExit();
            Assert.AreEqual(default, target.Broker);
        }
    }

    private sealed class Target(int process) : CheckTarget
    {
        public override IPEndPoint EndPoint => throw new NotSupportedException();

        public override bool Runs => true;

        public override IReadOnlyCollection<string> Log => [];

        protected override IReadOnlyCollection<int> Brokers => [process];

        protected override IReadOnlyCollection<int> Fronts => [];

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
