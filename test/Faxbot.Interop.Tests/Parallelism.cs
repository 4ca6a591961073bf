using Xunit.Sdk;
using Xunit.v3;

// Most of the time of these tests is spent waiting: for calls at a modem's pace, and for the timers of SIP and T.30. Each has peers, ports and numbers
// of its own, so that those of one class run side by side too.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 6)]
