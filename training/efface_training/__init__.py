"""Training, evaluation and export of the Efface head networks.

Axes everywhere: patient LPS. An array is `[k, j, i]` in C order, so i (towards
the patient's Left) is fastest in memory, j runs towards Posterior, k towards
Superior. Units are millimetres and HU unless a name says otherwise.
"""
