import { numberOf, numberProblem, type OpenForm, type OpenNumber } from "./open-form.ts";

interface NumbersStepProps {
  readonly numbers: readonly OpenNumber[];
  readonly form: OpenForm;
  readonly onNumber: (number: OpenNumber, text: string) => void;
}

/** Sizes of families and the other numbers a protocol leaves open. */
export const NumbersStep = ({ numbers, form, onNumber }: NumbersStepProps) =>
  numbers.length === 0 ? (
    <p>This protocol leaves no number open.</p>
  ) : (
    <div className="open-grid">
      {numbers.map((number) => {
        const text = numberOf(form, number);
        const problem = numberProblem(text);
        return (
          <label key={`${number.kind} ${number.name}`} className="field">
            <span>{number.kind === "family" ? `Members of ${number.name}` : number.name}</span>
            <input
              className="input"
              inputMode="numeric"
              aria-invalid={problem !== undefined}
              value={text}
              onChange={({ target }) => onNumber(number, target.value)}
            />
            {problem ? <small className="bad-note">{problem}</small> : null}
          </label>
        );
      })}
    </div>
  );
