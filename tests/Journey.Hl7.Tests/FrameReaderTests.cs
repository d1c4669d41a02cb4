using System.IO.Pipelines;
using System.Text;
using CsCheck;
using Journey.Hl7.Mllp;

namespace Journey.Hl7.Tests;

public class FrameReaderTests
{
    [Fact]
    public async Task Several_frames_in_one_read_come_one_by_one() =>
        Assert.Equal(["one", "two", ""], await Frames("\u000Bone\u001C\r\u000Btwo\u001C\r\u000B\u001C\r"));

    [Theory]
    [InlineData("junk\u000Bone\u001C\r\r\n\u000Btwo\u001C\rmore", 10)]
    [InlineData("\u000Bone\u001C\r\u000Btwo\u001C\r\u000Bnever finished", 14)]
    [InlineData("\u000Bone\u001C\n\u000Btwo\u001C\r", 0)]
    [InlineData("\u000Bone\u001C\u000Btwo\u001C\r", 0)]
    [InlineData("\u000BMSH half of a mess\r\u000BMSH whole\u001C\r", 20)]
    public async Task Bytes_outside_of_frames_are_ignored_and_counted(string text, long ignored)
    {
        foreach (var chunk in new[] { 1, 2, 5, 1000 })
        {
            var (reader, writing) = Reader(text, chunk);
            var frames = await Drain(reader);
            Assert.Equal(text.Contains("whole", StringComparison.Ordinal) ? ["MSH whole"] : ["one", "two"], frames);
            Assert.Equal(ignored, reader.IgnoredBytes);
            await writing;
        }
    }

    [Fact]
    public async Task A_lone_end_byte_or_start_byte_inside_a_frame_is_content() =>
        Assert.Equal(["a\u001Cb\u000Bc"], await Frames("\u000Ba\u001Cb\u000Bc\u001C\r"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task A_frame_over_the_limit_is_reported_and_the_next_one_is_read(int chunk)
    {
        var (reader, _) = Reader("\u000B0123456789\u001C\r\u000B" + new string('x', 11) + "\u001C\r\u000B" + new string('y', 500)
            + "\u001Cz\u001C\r\u000Bok\u001C\r", chunk, limit: 10);
        Assert.Equal((MllpReadKind.Frame, 10L), Summary(await reader.ReadAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((MllpReadKind.Oversized, 11L), Summary(await reader.ReadAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((MllpReadKind.Oversized, 502L), Summary(await reader.ReadAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((MllpReadKind.Frame, 2L), Summary(await reader.ReadAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(MllpReadKind.End, (await reader.ReadAsync(TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task An_oversized_frame_is_not_buffered()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        var reader = new MllpFrameReader(pipe.Reader, 1000);
        var reading = reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        await pipe.Writer.WriteAsync("\u000B"u8.ToArray(), TestContext.Current.CancellationToken);
        var block = new byte[16 * 1024];
        block.AsSpan().Fill((byte)'x');
        for (var i = 0; i < 4096; i++) await pipe.Writer.WriteAsync(block, TestContext.Current.CancellationToken);
        await pipe.Writer.WriteAsync("\u001C\r"u8.ToArray(), TestContext.Current.CancellationToken);
        var read = await reading;
        Assert.Equal((MllpReadKind.Oversized, 64L * 1024 * 1024), Summary(read));
        Assert.True(read.Payload.Length <= 4096);
    }

    [Fact]
    public void However_a_stream_is_cut_the_frames_are_the_same() =>
        Gen.Select(Gen.String[Gen.Char["ab\r\n|"], 0, 30].Array[0, 8], Gen.String[Gen.Char["xy\r\n\u001C"], 0, 4], Gen.Int[1, 20])
        .Sample((payloads, between, chunk) =>
        {
            var text = string.Concat(payloads.Select(p => between + "\u000B" + p + "\u001C\r"));
            var (reader, _) = Reader(text, chunk);
            Assert.Equal(payloads, Drain(reader).GetAwaiter().GetResult());
            Assert.Equal(between.Length * payloads.Length, reader.IgnoredBytes);
        }, iter: 500);

    private static (MllpReadKind, long) Summary(MllpReadResult read) => (read.Kind, read.Length);

    private static async Task<List<string>> Frames(string text) => await Drain(Reader(text, 3).Reader);

    private static async Task<List<string>> Drain(MllpFrameReader reader)
    {
        var frames = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { Kind: not MllpReadKind.End } read)
            frames.Add(Encoding.Latin1.GetString(read.Payload.Span));
        return frames;
    }

    private static (MllpFrameReader Reader, Task Writing) Reader(string text, int chunk, int limit = 1 << 20)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16, useSynchronizationContext: false));
        return (new MllpFrameReader(pipe.Reader, limit), Write(pipe.Writer, Encoding.Latin1.GetBytes(text), chunk));
    }

    private static async Task Write(PipeWriter writer, byte[] bytes, int chunk)
    {
        foreach (var part in bytes.Chunk(chunk))
        {
            await writer.WriteAsync(part);
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }
}
