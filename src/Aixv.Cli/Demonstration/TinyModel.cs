namespace Aixv.Cli.Demonstration;

/// <summary>
/// A real, small neural network: two inputs, sixteen tanh units, one output, fitted by full-batch gradient descent. Every run gives
/// the same bytes.
/// </summary>
internal sealed class TinyModel
{
    private const int Inputs = 2;
    private const int Units = 16;
    private const float Rate = 0.05f;

    private readonly float[] hiddenWeight;
    private readonly float[] hiddenBias;
    private readonly float[] outputWeight;
    private float outputBias;

    private TinyModel(float[] hiddenWeight, float[] hiddenBias, float[] outputWeight, float outputBias)
    {
        this.hiddenWeight = hiddenWeight;
        this.hiddenBias = hiddenBias;
        this.outputWeight = outputWeight;
        this.outputBias = outputBias;
    }

    /// <summary>An untrained model: weights spread evenly by the golden ratio, so that no generator is needed.</summary>
    public static TinyModel Create() => new(Spread(Inputs * Units, 1), new float[Units], Spread(Units, 7), 0);

    private static float[] Spread(int count, int start)
    {
        const double GoldenRatio = 0.6180339887498949;
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (float)(((start + i) * GoldenRatio % 1) - 0.5);
        }

        return values;
    }

    public TinyModel Clone() => new([.. hiddenWeight], [.. hiddenBias], [.. outputWeight], outputBias);

    /// <summary>Fits the model to <paramref name="data"/>.</summary>
    public void Train(IReadOnlyList<TinySample> data, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Step(data);
        }
    }

    private void Step(IReadOnlyList<TinySample> data)
    {
        var hiddenWeightGradient = new float[hiddenWeight.Length];
        var hiddenBiasGradient = new float[Units];
        var outputWeightGradient = new float[Units];
        var outputBiasGradient = 0f;
        var activations = new float[Units];
        foreach (var sample in data)
        {
            var error = 2 * (Predict(sample, activations) - sample.Target) / data.Count;
            outputBiasGradient += error;
            for (var unit = 0; unit < Units; unit++)
            {
                outputWeightGradient[unit] += error * activations[unit];
                var back = error * outputWeight[unit] * (1 - (activations[unit] * activations[unit]));
                hiddenBiasGradient[unit] += back;
                hiddenWeightGradient[unit * Inputs] += back * sample.X;
                hiddenWeightGradient[(unit * Inputs) + 1] += back * sample.Y;
            }
        }

        Descend(hiddenWeight, hiddenWeightGradient);
        Descend(hiddenBias, hiddenBiasGradient);
        Descend(outputWeight, outputWeightGradient);
        outputBias -= Rate * outputBiasGradient;
    }

    private static void Descend(float[] values, float[] gradient)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= Rate * gradient[i];
        }
    }

    private float Predict(TinySample sample, float[] activations)
    {
        var result = outputBias;
        for (var unit = 0; unit < Units; unit++)
        {
            activations[unit] = MathF.Tanh((hiddenWeight[unit * Inputs] * sample.X) + (hiddenWeight[(unit * Inputs) + 1] * sample.Y) + hiddenBias[unit]);
            result += outputWeight[unit] * activations[unit];
        }

        return result;
    }

    /// <summary>The mean squared error.</summary>
    public float Loss(IReadOnlyList<TinySample> data)
    {
        var activations = new float[Units];
        return data.Average(sample => MathF.Pow(Predict(sample, activations) - sample.Target, 2));
    }

    public SafetensorsFile ToSafetensors(string name) => new(
        new Dictionary<string, string> { ["format"] = "pt", ["name"] = name },
        [
            new("hidden.bias", [Units], hiddenBias),
            new("hidden.weight", [Units, Inputs], hiddenWeight),
            new("output.bias", [1], [outputBias]),
            new("output.weight", [1, Units], outputWeight),
        ]);
}
