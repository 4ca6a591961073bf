using CsCheck;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Fax.Tests.T30;

/// <summary>What ARCHITECTURE.md promises of a sans-IO object, of all four roles under random inputs.</summary>
public sealed class MachineInvariantTests
{
    private static readonly FrameType[] Types = Enum.GetValues<FrameType>();
    private static readonly byte[] Dcs = new DcsSettings { Modulation = Modulation.V27ter2400, Coding = FaxCoding.Mh, Format = new PageFormat(1728, FaxResolution.Standard) }.Write();
    private static readonly byte[] EcmDcs = new DcsSettings { Modulation = Modulation.V27ter2400, Coding = FaxCoding.Mh, Format = new PageFormat(1728, FaxResolution.Standard), Ecm = true }.Write();
    private static readonly byte[] Dis = new DisCapabilities { CanTransmit = true, Ecm = true, Mr = true, Mmr = true }.Write();

    private static readonly Gen<Step[]> Steps = Gen.Select(Gen.Int[0, 16], Gen.OneOf(Types), Gen.OneOf(Enum.GetValues<Modulation>()), Gen.Byte.Array[0, 40], Gen.Int[0, 9000])
        .Select((kind, type, modulation, octets, milliseconds) => new Step(kind, type, modulation, octets, TimeSpan.FromMilliseconds(milliseconds))).Array[0, 40];

    public static TheoryData<string> Roles => ["transmitter", "polled transmitter", "receiver", "polling receiver"];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_tick_before_the_deadline_changes_nothing(string role) =>
        Steps.Sample(steps => new Session(role, early: true).Play(steps).SequenceEqual(new Session(role, early: false).Play(steps)), iter: 1000);

    [Theory]
    [MemberData(nameof(Roles))]
    public void It_ends_by_its_timers_and_then_says_nothing(string role) =>
        Steps.Sample(steps =>
        {
            var session = new Session(role, early: false);
            session.Play(steps);
            session.LeaveAlone();
            Assert.NotNull(session.Machine.Result);
            Assert.Null(session.Machine.Deadline);
            Assert.Empty(session.Play(steps));
        }, iter: 1000);

    [Theory]
    [MemberData(nameof(Roles))]
    public void Outputs_come_of_inputs_alone_and_its_end_is_told_once_as_the_last(string role) =>
        Steps.Sample(steps =>
        {
            var session = new Session(role, early: false);
            var told = session.Play(steps).Concat(session.LeaveAlone()).ToArray();
            Assert.False(session.Machine.TryTake(out _));
            Assert.Equal(told.Length - 1, Array.FindIndex(told, line => line.StartsWith(nameof(FaxEvent.Ended), StringComparison.Ordinal)));
        }, iter: 1000);

    private sealed record Step(int Kind, FrameType Type, Modulation Modulation, byte[] Octets, TimeSpan After);

    private sealed class Session
    {
        private readonly bool _early;
        private readonly List<string> _told = [];
        private TimeSpan _now;

        public Session(string role, bool early)
        {
            _early = early;
            var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 30, 1), SamplePages.Text(1728, 30, 2));
            Machine = role switch
            {
                "transmitter" => new FaxTransmitter(document),
                "polled transmitter" => new FaxTransmitter(document, new TransmitterOptions { AnswersPoll = true }),
                "receiver" => new FaxReceiver(new CollectedPages(), new ReceiverOptions { MaxPages = 3 }),
                _ => new FaxReceiver(new CollectedPages(), new ReceiverOptions { Polls = true }),
            };
            Machine.Start(_now);
            Drain();
        }

        public IT30Machine Machine { get; }

        /// <summary>What the machine says to these steps.</summary>
        public IReadOnlyList<string> Play(IEnumerable<Step> steps)
        {
            var before = _told.Count;
            foreach (var step in steps)
            {
                Pass(_now + step.After);
                Do(step);
            }

            return _told[before..];
        }

        /// <summary>What it says until it has ended.</summary>
        public IReadOnlyList<string> LeaveAlone()
        {
            var before = _told.Count;
            for (var i = 0; i < 200 && Machine.Result is null; i++) Pass(Machine.Deadline ?? throw new InvalidOperationException("It waits for nothing."));
            return _told[before..];
        }

        private void Do(Step step)
        {
            switch (step.Kind)
            {
                case < 4:
                    Control(step.Type, step.Octets);
                    break;
                case 4:
                    Control(FrameType.Dcs, step.Octets.Length % 2 == 0 ? Dcs : EcmDcs);
                    Image(T30Input.Data(Modulation.V27ter2400, new byte[450]));
                    break;
                case 5:
                    Control(step.Octets.Length % 2 == 0 ? FrameType.Dis : FrameType.Dtc, Dis);
                    break;
                case 6:
                    Image(T30Input.Data(Modulation.V27ter2400, step.Octets));
                    break;
                case 7:
                    Image(T30Input.Frame(Modulation.V27ter2400, [0xFF, 0xC0, (byte)FrameType.Fcd, .. step.Octets], fcsGood: true));
                    break;
                case 8:
                    Control(FrameType.Pps, [0xF2, 0, 0, 0]);
                    break;
                case 9 when step.Octets.Length == 0:
                    Handle(T30Input.Of(T30InputKind.Cancel));
                    break;
                case 9 when step.Octets.Length == 1:
                    Handle(T30Input.Of(T30InputKind.LineLost));
                    break;
                case 10:
                    Handle(T30Input.Gap(step.Modulation));
                    break;
                case 11:
                    Handle(T30Input.CarrierUp(step.Modulation));
                    break;
                case 12:
                    Handle(T30Input.CarrierDown(step.Modulation));
                    break;
                default:
                    Control(step.Kind switch { 13 => FrameType.Cfr, 14 => FrameType.Mcf, 15 => FrameType.Mps, _ => FrameType.Eop }, []);
                    break;
            }
        }

        private void Control(FrameType type, byte[] information)
        {
            Handle(T30Input.CarrierUp(Modulation.V21));
            Pass(_now + TimeSpan.FromSeconds(1.3));
            Handle(T30Input.Frame(Modulation.V21, T30Frame.Build(type, disReceived: true, isFinal: true, information), fcsGood: true));
            Handle(T30Input.CarrierDown(Modulation.V21));
        }

        private void Image(scoped in T30Input input)
        {
            Handle(T30Input.CarrierUp(Modulation.V27ter2400));
            Handle(input);
            Handle(T30Input.CarrierDown(Modulation.V27ter2400));
        }

        private void Pass(TimeSpan until)
        {
            while (Machine.Deadline is { } deadline && deadline <= until)
            {
                if (deadline > _now) TickEarly(deadline);
                _now = deadline > _now ? deadline : _now;
                Handle(T30Input.Of(T30InputKind.Tick));
            }

            TickEarly(until);
            _now = until > _now ? until : _now;
        }

        // Half-way to the deadline, and a moment before.
        private void TickEarly(TimeSpan next)
        {
            if (!_early || next <= _now + TimeSpan.FromTicks(4)) return;
            foreach (var time in (TimeSpan[])[_now + ((next - _now) / 2), next - TimeSpan.FromTicks(1)])
            {
                var deadline = Machine.Deadline;
                if (deadline <= time) continue;
                Machine.Handle(T30Input.Of(T30InputKind.Tick), time);
                Assert.False(Machine.TryTake(out _));
                Assert.Equal(deadline, Machine.Deadline);
            }
        }

        private void Handle(scoped in T30Input input)
        {
            Machine.Handle(input, _now);
            Drain();
        }

        private void Drain()
        {
            while (Machine.TryTake(out var output))
            {
                _told.Add($"{(output is T30Output.Event happened ? happened.Value.GetType().Name : output!.GetType().Name)} at {_now} {ContentOf(output)}");
                if (output is T30Output.Send or T30Output.AnsweringTone) Machine.Handle(T30Input.Of(T30InputKind.Sent), _now);
            }
        }

        private static string ContentOf(T30Output output)
        {
            if (output is not T30Output.Send send) return "";
            List<byte> octets = [];
            var buffer = new byte[512];
            while (send.Signal is FrameSignal frames && frames.TryReadFrame(out var frame)) octets.AddRange(frame);
            while (send.Signal is StreamSignal stream && stream.Read(buffer) is > 0 and var count) octets.AddRange(buffer.AsSpan(0, count));
            return Convert.ToHexString([.. octets]);
        }
    }
}
