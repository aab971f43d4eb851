namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>A pad of bare keys on GPIO lines: how its lines stand says which keys are down.</summary>
public interface IMatrixKeypad : IKeypad;
