using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Journey.Themes;

/// <summary>
/// Suggests themes of a comment, as persons of the same site found them before: each theme by a logistic regression of its own over words, pairs of
/// words and runs of letters. Learns in the house; nothing leaves it. The same comments make the same model.
/// </summary>
public sealed class ThemeModel
{
    /// <summary>Into how many parts comments are cut to find from what confidence on to suggest, each judged by what the others taught.</summary>
    private const int Folds = 3;

    private readonly Scorer _scorer;
    private readonly ImmutableSortedDictionary<string, float> _cuts;

    private ThemeModel(Scorer scorer, ImmutableSortedDictionary<string, float> cuts) => (_scorer, _cuts) = (scorer, cuts);

    /// <summary>The themes that it knows.</summary>
    public IEnumerable<string> Themes => _cuts.Keys;

    /// <param name="comments">At least two that differ in some theme.</param>
    public static ThemeModel Learn(IReadOnlyCollection<Comment> comments)
    {
        string[] themes = [.. comments.SelectMany(comment => comment.Themes).Distinct().Order(StringComparer.Ordinal)];
        var judged = themes.ToDictionary(theme => theme, _ => new List<(float, bool)>());
        foreach (var fold in comments.ToLookup(comment => (int)(Share.Of(comment.Respondent, nameof(Folds)) * Folds)))
        {
            var asked = fold.ToList();
            var others = comments.Except(asked).ToList();
            if (others.Count == 0) continue;
            foreach (var (theme, confidences) in new Scorer(others, themes).Score([.. asked.Select(comment => comment.Text)]))
                judged[theme].AddRange(confidences.Zip(asked, (confidence, comment) => (confidence, comment.Themes.Contains(theme))));
        }

        return new(new(comments, themes), judged.ToImmutableSortedDictionary(pair => pair.Key, pair => Cut.Best(pair.Value), StringComparer.Ordinal));
    }

    /// <summary>The themes of each text with how sure the model is of them (0 to 1), of those only that it would suggest.</summary>
    public IReadOnlyList<ImmutableSortedDictionary<string, float>> Suggest(IReadOnlyList<string> texts)
    {
        var scores = _scorer.Score(texts);
        return
        [
            .. texts.Select((_, i) => scores.Where(theme => theme.Value[i] >= _cuts[theme.Key])
                .ToImmutableSortedDictionary(theme => theme.Key, theme => theme.Value[i], StringComparer.Ordinal)),
        ];
    }

    /// <summary>How sure each theme's regression is.</summary>
    private sealed class Scorer
    {
        private readonly Features _features;
        private readonly int _numbers;
        private readonly Dictionary<string, ITransformer> _regressions;

        public Scorer(IReadOnlyCollection<Comment> comments, IReadOnlyList<string> themes)
        {
            _features = new(comments.Select(comment => comment.Text));
            var read = _features.Read(comments.Select(comment => comment.Text));
            _numbers = read[0].Length;
            // What all or none have teaches nothing.
            var taught = themes.Select(theme => (Name: theme, Has: comments.Select(comment => comment.Themes.Contains(theme)).ToList()))
                .Where(theme => theme.Has.Distinct().Count() == 2);
            _regressions = taught.AsParallel().Select(theme => (theme.Name, Regression: Learn(read, theme.Has)))
                .ToDictionary(theme => theme.Name, theme => theme.Regression);
        }

        public Dictionary<string, float[]> Score(IReadOnlyList<string> texts)
        {
            var read = _features.Read(texts);
            return _regressions.AsParallel().Select(theme => (theme.Key, Confidences: Ask(theme.Value, read)))
                .ToDictionary(theme => theme.Key, theme => theme.Confidences);
        }

        private ITransformer Learn(VBuffer<float>[] read, IEnumerable<bool> has)
        {
            var context = new MLContext(seed: 0);
            var examples = read.Zip(has, (numbers, label) => new Example { Features = numbers, Label = label });
            return context.BinaryClassification.Trainers.LbfgsLogisticRegression(new()
            {
                // One thread: with several, sums differ from run to run.
                NumberOfThreads = 1, L1Regularization = 0, L2Regularization = 1,
            }).Fit(Example.View(context, examples, _numbers));
        }

        private float[] Ask(ITransformer regression, VBuffer<float>[] read)
        {
            var context = new MLContext(seed: 0);
            var asked = Example.View(context, read.Select(numbers => new Example { Features = numbers }), _numbers);
            return [.. regression.Transform(asked).GetColumn<float>("Probability")];
        }
    }
}
