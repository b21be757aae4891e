import { lazy, Suspense } from "react";

const Thumbnail = lazy(() => import("./thumbnail.tsx").then((module) => ({ default: module.Thumbnail })));

/** The thumbnail, with the parser it needs loaded after the page. */
export const LazyThumbnail = ({ source }: { readonly source: string }) => (
  <Suspense fallback={<span className="thumbnail" />}>
    <Thumbnail source={source} />
  </Suspense>
);
