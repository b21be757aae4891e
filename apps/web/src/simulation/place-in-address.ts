import { getRouteApi } from "@tanstack/react-router";
import type { RunPlace, SweepForm } from "./simulation.ts";
import { paramsOf, paramsText } from "./sweep-form.ts";

const route = getRouteApi("/protocols/$id");

/** What the address says of a run: how a row of a sweep is linked to. */
export const usePlaceInAddress = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { seeds = "", params = "", run } = search;
  const form: SweepForm = { seeds, params: paramsOf(params) };
  const set = (place: RunPlace | undefined): void =>
    void navigate({
      search: (before) => ({
        ...before,
        seeds: place?.form.seeds === "" ? undefined : place?.form.seeds,
        params: place && place.form.params.length > 0 ? paramsText(place.form) : undefined,
        run: place === undefined ? undefined : String(place.index),
      }),
      replace: true,
    });
  const hrefOf = (place: RunPlace): string => {
    const address = new URL(location.href);
    address.searchParams.set("seeds", place.form.seeds);
    address.searchParams.set("params", paramsText(place.form));
    address.searchParams.set("run", String(place.index));
    return `${address.pathname}${address.search}`;
  };
  return { form, index: run === undefined ? undefined : Number(run), set, hrefOf };
};
