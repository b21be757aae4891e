import { compareRoles } from "../machine/code/role-order.ts";
import { type CapabilityNameError, capabilityNameError } from "./capability-name.ts";
import { type AdmissionRule, needing, passed, refusedBy, shown } from "./rule.ts";

const capabilityText = (error: CapabilityNameError): string => {
  switch (error.kind) {
    case "InvalidName":
      return `${error.value} may only hold a to z, 0 to 9, _, - and :`;
    case "MissingNamespace":
      return `${error.value} names no namespace`;
    case "LegacyNamespace":
      return `${error.value} uses the former namespace cap:`;
    case "InvalidModuleCapabilityShape":
      return `${error.value} does not name a module and a path`;
    case "UnadmittedModule":
      return `${error.value} belongs to the module ${error.module}, which is not admitted here`;
    case "UndeclaredModuleCapability":
      return `${error.value} is not declared by the admitted release of ${error.module}`;
  }
};

/** Every role of the image has a seat, and every seat a role of the image. */
export const seatsFilled: AdmissionRule = {
  rule: "seats",
  title: "Every role is seated on a device",
  source: "model §2, seats",
  judge: ({ seats, roles }) => {
    const empty = roles.filter((role) => !seats.some((seat) => seat.role === role));
    return empty.length === 0
      ? passed(shown("seats", seats.length))
      : needing(`nobody sits for ${empty.join(", ")}`, "a device for every role", shown("empty", empty));
  },
};

/** The image holds exactly the roles as bound. */
export const imageComplete: AdmissionRule = {
  rule: "image",
  title: "The image has a program for every role",
  source: "aura-runtime §8.2",
  judge: ({ image, roles }) => {
    const wanted = [...roles].sort(compareRoles);
    const same = wanted.length === image.roles.length && wanted.every((role, i) => role === image.roles[i]);
    const instructions = image.programs.reduce((sum, { code }) => sum + code.length, 0);
    return same
      ? passed(shown("roles", image.roles), shown("instructions", instructions))
      : refusedBy(
          "the image's roles are not the protocol's",
          shown("image", image.roles),
          shown("protocol", wanted),
        );
  },
};

/** Links are well formed, and what one bundle imports some bundle exports (aura-runtime §2.1). */
export const linksResolve: AdmissionRule = {
  rule: "links",
  title: "Every linked import is exported",
  source: "aura-runtime §2.1",
  judge: ({ manifest }) => {
    const { link_specs: links } = manifest;
    const nameless = links.find(({ bundle_id: bundle }) => bundle === "");
    if (nameless !== undefined) return refusedBy(`a link of ${nameless.role} names no bundle`);
    const exported = new Set(links.flatMap((link) => link.exports));
    for (const { bundle_id: bundle, imports } of links) {
      const missing = imports.find((name) => !exported.has(name));
      if (missing !== undefined)
        return refusedBy(
          `${bundle} imports ${missing}, which nothing exports`,
          shown("exported", [...exported]),
        );
    }
    return passed(shown("links", links.length));
  },
};

/** Guard capabilities are well-formed names of the first party (aura-runtime §2.3). */
export const guardCapabilities: AdmissionRule = {
  rule: "guard-capabilities",
  title: "Guard capabilities are admissible names",
  source: "aura-runtime §2.3",
  judge: ({ manifest }) => {
    const errors = manifest.guard_capabilities.flatMap((value) => capabilityNameError(value) ?? []);
    const [first] = errors;
    return first === undefined
      ? passed(shown("capabilities", manifest.guard_capabilities))
      : refusedBy(
          errors.map(capabilityText).join("; "),
          shown("kind", first.kind),
          shown("value", first.value),
        );
  },
};
