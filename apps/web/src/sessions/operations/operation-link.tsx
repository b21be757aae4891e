import { Button } from "../../ui/button.tsx";
import { useOperations } from "./use-operations.ts";
import { useShow } from "./use-show.ts";

/** Where a statement about an operation is selected: leads to that operation. */
export const OperationLink = () => {
  const show = useShow();
  const { selected } = useOperations();
  return selected === undefined ? null : (
    <div className="act-row pad">
      <Button small onClick={() => show({ side: "operations" })}>
        Operation {selected}
      </Button>
    </div>
  );
};
