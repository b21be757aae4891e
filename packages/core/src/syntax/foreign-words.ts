const decides = "a decision is `choice Role at`, with an arm `| Label =>` for each outcome on deeper lines";
const repeats =
  'rounds are written `loop repeat 3`, `loop while "condition"`, `loop decide by Role`, or `rec Name` with `continue Name`';
const waits = "a time limit is `timeout 5s Role at`, its body, and `on timeout =>`";
const ends = "nothing is written where a role has done its part; leave it out";
const message = "a message is written `A -> B : Message`";

const hints: Readonly<Record<string, string>> = {
  if: decides,
  else: decides,
  elif: decides,
  elsif: decides,
  match: decides,
  switch: decides,
  when: decides,
  either: decides,
  alt: decides,
  while: repeats,
  for: repeats,
  repeat: repeats,
  do: repeats,
  wait: waits,
  sleep: waits,
  within: waits,
  return: ends,
  end: ends,
  stop: ends,
  send: message,
  receive: message,
  recv: message,
};

/** How the language says what another one says with this word, for words people bring along. */
export const foreignWord = (word: string): string | undefined =>
  Object.hasOwn(hints, word) ? hints[word] : undefined;
