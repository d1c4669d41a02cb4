using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace Journey.Themes;

/// <summary>A text as numbers: which words, pairs of words and runs of four letters it has, weighed by how seldom they are.</summary>
internal sealed class Features
{
    private readonly MLContext _context = new(seed: 0);
    private readonly ITransformer _learned;

    /// <summary>Learns the words of these texts.</summary>
    public Features(IEnumerable<string> texts)
    {
        static WordBagEstimator.Options Runs(int length, bool shorterToo) => new()
        {
            NgramLength = length, UseAllLengths = shorterToo, Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf,
        };

        var learner = _context.Transforms.Text.FeaturizeText(
            nameof(Example.Features),
            new TextFeaturizingEstimator.Options
            {
                KeepPunctuations = false, WordFeatureExtractor = Runs(2, shorterToo: true), CharFeatureExtractor = Runs(4, shorterToo: false),
            },
            nameof(Line.Text));
        _learned = learner.Fit(View(texts));
    }

    public VBuffer<float>[] Read(IEnumerable<string> texts) =>
    [
        .. _learned.Transform(View(texts)).GetColumn<VBuffer<float>>(nameof(Example.Features)).Select(numbers =>
        {
            // The reader uses one buffer for all rows.
            VBuffer<float> own = default;
            numbers.CopyTo(ref own);
            return own;
        }),
    ];

    private IDataView View(IEnumerable<string> texts) => _context.Data.LoadFromEnumerable(texts.Select(text => new Line { Text = text }));

    private sealed class Line
    {
        public string Text { get; init; } = "";
    }
}
