using Faxbot.Interop.Tests;
using Xunit.v3;

// Most of the time of these tests is spent waiting: for calls at a modem's pace, and for the timers of SIP and T.30.
[assembly: Parallelization(MaxThreads = 9)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
