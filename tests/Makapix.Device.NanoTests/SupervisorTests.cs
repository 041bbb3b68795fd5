using Makapix.Device.Connection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace Makapix.Device.NanoTests
{
    [TestClass]
    public class SupervisorTests
    {
        [TestMethod]
        public void A_step_that_does_not_end_is_restarted_after_its_limit_and_a_draw()
        {
            ManualClock clock = new ManualClock();
            Supervisor supervisor = new Supervisor(clock, new FixedRandom(0.5));
            supervisor.Progress(0);

            Assert.IsFalse(IsDueIn(clock, supervisor, Supervisor.StepLimitMs - 1));
            Assert.IsFalse(IsDueIn(clock, supervisor, 1));
            Assert.IsFalse(IsDueIn(clock, supervisor, 7499));
            Assert.IsTrue(IsDueIn(clock, supervisor, 1));
            Assert.IsTrue(IsDueIn(clock, supervisor, 100000));
        }

        [TestMethod]
        public void An_announced_wait_is_progress_however_long()
        {
            ManualClock clock = new ManualClock();
            Supervisor supervisor = new Supervisor(clock, new FixedRandom(0));
            supervisor.Progress(1800000);

            Assert.IsFalse(IsDueIn(clock, supervisor, 1800000 + Supervisor.StepLimitMs - 1));
            Assert.IsTrue(IsDueIn(clock, supervisor, 1));
        }

        [TestMethod]
        public void A_step_that_ends_at_last_is_forgiven_before_the_draw_is_up()
        {
            ManualClock clock = new ManualClock();
            Supervisor supervisor = new Supervisor(clock, new FixedRandom(1));
            supervisor.Progress(0);
            Assert.IsFalse(IsDueIn(clock, supervisor, Supervisor.StepLimitMs + 1000));

            supervisor.Progress(0);

            Assert.IsFalse(IsDueIn(clock, supervisor, Supervisor.StepLimitMs));
            Assert.IsFalse(IsDueIn(clock, supervisor, Supervisor.SpreadMs - 1));
            Assert.IsTrue(IsDueIn(clock, supervisor, 1));
        }

        [TestMethod]
        public void The_first_step_has_its_limit_too()
        {
            ManualClock clock = new ManualClock();
            Supervisor supervisor = new Supervisor(clock, new FixedRandom(0));

            Assert.IsTrue(IsDueIn(clock, supervisor, Supervisor.StepLimitMs));
        }

        [TestMethod]
        public void A_life_ends_long_before_a_clock_of_32_bit_ticks_does()
        {
            AssertLifeEndsAfter(0, 360);
            AssertLifeEndsAfter(0.5, 330);
            AssertLifeEndsAfter(1, 300);
        }

        private static void AssertLifeEndsAfter(double draw, int days)
        {
            const long Day = 86400000;
            ManualClock clock = new ManualClock();
            Supervisor supervisor = new Supervisor(clock, new FixedRandom(draw));

            clock.NowMs = days * Day;
            Assert.IsFalse(supervisor.IsOld);
            clock.NowMs += 2000;
            Assert.IsTrue(supervisor.IsOld);
        }

        private static bool IsDueIn(ManualClock clock, Supervisor supervisor, int milliseconds)
        {
            clock.NowMs += milliseconds;
            return supervisor.IsRestartDue();
        }
    }
}
