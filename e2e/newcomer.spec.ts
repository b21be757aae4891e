import type { Locator, Page } from "@playwright/test";
import { editorOf, newProtocol, problem, problemsOf, retypeLine } from "./support/editor.ts";
import { button, expectCompleted, next, playOn } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

/** Takes the fix a problem offers, after reading what it would do. */
const fix = async (page: Page, sentence: string | RegExp, title: string): Promise<void> => {
  const found = problem(page, sentence);
  await expect(found).toContainText(title);
  await found.getByRole("button", { name: "Fix" }).click();
  await expect(problemsOf(page).getByText(sentence)).toHaveCount(0);
};

/** What a problem says in backticks, the nth from the start. */
const quoted = async (found: Locator, nth: number): Promise<string> => {
  const sentence = (await found.textContent()) ?? "";
  return [...sentence.matchAll(/`([^`]+)`/g)][nth]?.[1] ?? "";
};

const expectMended = async (page: Page): Promise<void> => {
  await expect(page.getByRole("banner")).toContainText("Sound");
  await expect(problemsOf(page).locator("li.error, li.warning")).toHaveCount(0);
};

interface Opening {
  readonly clock?: "Moved by hand";
}

/** Opens a session of the text as it stands and goes as far as nobody has to choose. */
const openAndPlay = async (page: Page, { clock }: Opening = {}): Promise<void> => {
  await button(page, "Open session").click();
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  if (clock !== undefined) {
    await page.getByText("More", { exact: true }).click();
    await page.getByLabel("Clock").selectOption({ label: clock });
  }
  await button(page, "Start session").click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+$/);
  await playOn(page);
};

const decide = async (page: Page, role: string, label: string): Promise<void> => {
  const choice = page.getByRole("group", { name: `${role} decides` });
  await choice.getByRole("button", { name: new RegExp(`^${label}`) }).click();
  await expect(choice).toHaveCount(0);
  await playOn(page);
};

test("a role spelt in two ways, and tabs in front of every line", async ({ page }) => {
  await newProtocol(
    page,
    "module post exposing (Post)\nprotocol Post =\n\troles Client, Server\n\tClient -> Server : Ask\n\tSever -> Client : Answer\n\tClient -> Server : Thanks\n",
  );
  await fix(page, "tabs are not allowed for indentation", "Replace tabs in indentation by two spaces each");
  await fix(page, "undefined role 'Sever'; did you mean `Server`?", "Replace by `Server`");
  await expectMended(page);
  await openAndPlay(page);
  await expectCompleted(page);
});

test("braces and semicolons, as in most languages", async ({ page }) => {
  await newProtocol(
    page,
    `module shop exposing (Shop)

protocol Shop {
  roles Buyer, Seller
  Buyer -> Seller : Order;
  choice at Seller {
    Accept => {
      Seller -> Buyer : Accept;
      Buyer -> Seller : Pay;
    }
    Refuse => {
      Seller -> Buyer : Refuse;
    }
  }
}
`,
  );
  await fix(page, "legacy brace-based protocol blocks are removed", "Rewrite in the canonical shape");
  await expectMended(page);
  await openAndPlay(page);
  await decide(page, "Seller", "Accept");
  await expectCompleted(page);
});

test("the guide's macro, pasted as it is printed", async ({ page }) => {
  await newProtocol(
    page,
    `use aura_macros::tell;

tell! {
    #[namespace = "secure_request"]
    protocol SecureRequest {
        roles: Client, Server;

        Client[guard_capability = "chat:message:send", flow_cost = 50]
        -> Server: SendRequest(RequestData);

        Server[guard_capability = "chat:message:send", flow_cost = 30, journal_facts = "response_sent"]
        -> Client: SendResponse(ResponseData);
    }
}
`,
  );
  await expect(problemsOf(page).getByRole("listitem")).toHaveCount(1);
  await fix(page, /macro|tell!/, "Rewrite in the canonical shape");
  await expect(page.getByRole("heading", { name: "No problems" })).toBeVisible();
  await openAndPlay(page);
  await expectCompleted(page);
});

test("if and else instead of a choice", async ({ page }) => {
  await newProtocol(
    page,
    `module shop exposing (Shop)

protocol Shop =
  roles Buyer, Seller
  Buyer -> Seller : Order
  if inStock
    Seller -> Buyer : Accept
    Buyer -> Seller : Pay
  else
    Seller -> Buyer : Refuse
`,
  );
  const found = problem(page, "found `if`");
  const head = await quoted(found, 1);
  const arm = await quoted(found, 2);
  expect([head, arm]).toEqual(["choice Role at", "| Label =>"]);
  const written = (label: string): string => arm.replace("Label", label);
  const elseFound = problem(page, "found `else`");
  await retypeLine(page, elseFound, `    ${written("Refuse")}`);
  await expect(problemsOf(page)).not.toContainText("found `else`");
  await retypeLine(
    page,
    problem(page, "found `if`"),
    `  ${head.replace("Role", "Seller")}\n    ${written("Accept")}`,
  );
  // What stood under `if` and `else` is as deep as the arms now are.
  await fix(page, "the arm `Accept` needs a body on indented lines", "Indent what belongs to it");
  await fix(page, "the arm `Refuse` needs a body on indented lines", "Indent what belongs to it");
  await expectMended(page);
  await openAndPlay(page);
  await decide(page, "Seller", "Refuse");
  await expectCompleted(page);
});

test("parallel arms without bars, that would race", async ({ page }) => {
  await newProtocol(
    page,
    `module fetch exposing (Fetch)

protocol Fetch =
  roles Client, Server
  Client -> Server : Start
  par
    Server -> Client : Head
    Server -> Client : Body
  Client -> Server : Done
`,
  );
  await fix(page, "`par` needs arms on indented lines", "Start each arm with `|`");
  await fix(page, "Client could not tell which arm a message belongs to", "Let the arms follow each other");
  await expectMended(page);
  await openAndPlay(page);
  await expectCompleted(page);
});

test("somebody who is not told of a decision, in a choice written by heart", async ({ page }) => {
  await newProtocol(
    page,
    `module delivery exposing (Delivery)

protocol Delivery =
  roles Customer, Shop, Courier
  Customer -> Shop : Order
  choice at Shop
    Accept =>
      Shop -> Customer : Accept
      Shop -> Courier : Deliver
    Decline =>
      Shop -> Customer : Decline
`,
  );
  await fix(page, "expected the deciding role before `at`", "Write `Shop at`");
  await fix(page, "a choice needs arms on indented lines", "Start each arm with `|`");
  await fix(page, "Courier cannot tell Accept from Decline", "Let Shop tell Courier in Decline");
  await expectMended(page);
  await openAndPlay(page);
  await decide(page, "Shop", "Decline");
  await expectCompleted(page);
});

test("a time limit with its words in another order, and nothing for when it is over", async ({ page }) => {
  await newProtocol(
    page,
    `module bid exposing (Bid)

protocol Bid =
  roles Seller, Buyer
  Seller -> Buyer : Offer
  timeout Seller 5 seconds
    Buyer -> Seller : Bid
`,
  );
  await fix(page, "expected a duration such as `5s`", "Write `5s Seller at`");
  const found = problem(page, "a `timeout` needs");
  const handler = await quoted(found, 1);
  expect(handler).toBe("on timeout =>");
  await retypeLine(page, found, `    Buyer -> Seller : Bid\n  ${handler}\n    Seller -> Buyer : TooLate`);
  await expectMended(page);
  await openAndPlay(page, { clock: "Moved by hand" });
  await expectCompleted(page);
});

test("an effect asked like a function", async ({ page }) => {
  await newProtocol(
    page,
    `module parcel exposing (Parcel)

effect Stock
  authoritative reserve : Item -> Result Reason Slip

protocol Parcel =
  roles Buyer, Seller
  Buyer -> Seller : Order
  let slip = Stock.reserve "book"
  Seller -> Buyer : Sent
  Buyer -> Seller : Thanks
`,
  );
  await fix(page, "effect operation is missing `class` metadata", "Add `class : authoritative`");
  await fix(page, "arguments stand in parentheses", 'Write `("book")`');
  await fix(page, "expected `check` or `observe` before an operation", "Insert `check`");
  await fix(page, "is not allowed without `uses Stock`", "Add `uses Stock` to the protocol");
  await fix(page, "must bind through `authoritative let`", "Bind with `authoritative let`");
  await expectMended(page);
  await openAndPlay(page);
  await expectCompleted(page);
});

test("a case that forgets that the answer may be no", async ({ page }) => {
  await newProtocol(
    page,
    `module parcel exposing (Parcel)

effect Stock
  authoritative reserve : Item -> Result Reason Slip { class : authoritative, progress : may_block, region : session, agreement_use : required, reentrancy : reject_same_operation }

protocol Parcel =
  roles Buyer, Seller
  Buyer -> Seller : Order
  case check Stock.reserve("book") of
    | Ok _ =>
      Seller -> Buyer : Sent
  Buyer -> Seller : Thanks
`,
  );
  await fix(page, "is not allowed without `uses Stock`", "Add `uses Stock` to the protocol");
  await fix(page, "`Ok =>` takes any value", "Leave the value out");
  await fix(page, "no arm for `Err`", "Add the arm `Err`");
  await expectMended(page);
  await openAndPlay(page);
  const card = next(page).locator("[data-card=decide]");
  await expect(card).toContainText("Stock.reserve");
  await card.getByRole("button", { name: /^Err/ }).click();
  await expect(card).toHaveCount(0);
  await playOn(page);
  await expectCompleted(page);
});

test("a receipt that is thrown away", async ({ page }) => {
  await newProtocol(
    page,
    `module hand exposing (Handover)

protocol Handover =
  roles Old, New
  Old -> New : Offer
  New -> Old : Take
  let receipt = transfer Session from Old to New
  New -> Old : Thanks
`,
  );
  const found = problem(page, "linear binding 'receipt' is never consumed");
  const use = await quoted(found, 1);
  expect(use).toBe("Message(receipt)");
  await retypeLine(
    page,
    found,
    `  let receipt = transfer Session from Old to New\n  New -> Old : ${use.replace("Message", "Thanks")} --`,
  );
  await expectMended(page);
  await openAndPlay(page);
  await expectCompleted(page);
});

test("going round again from within a time limit", async ({ page }) => {
  await newProtocol(
    page,
    `module bid exposing (Bid)

protocol Bid =
  roles Seller, Buyer
  rec Again
    Seller -> Buyer : Offer
    timeout 5s Seller at
      Buyer -> Seller : Bid
      continue Again
    on timeout =>
      Seller -> Buyer : Close
`,
  );
  const found = problem(page, "`continue Again` would leave the body of a `timeout`");
  await expect(found).toContainText("only its handlers may go back");
  await found.getByRole("button", { name: "Learn" }).click();
  await expect(page.getByRole("dialog")).toContainText("on timeout =>");
  await page.keyboard.press("Escape");
  await retypeLine(page, found, "");
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("      continue Again\n");
  await expectMended(page);
  await openAndPlay(page, { clock: "Moved by hand" });
  await expectCompleted(page);
});

test("a message to oneself, a line too deep, a capability without its namespace", async ({ page }) => {
  await newProtocol(
    page,
    `module order exposing (Order)

protocol Order =
  roles Buyer, Seller
  Buyer { guard_capability : "send", flow_cost : 5 } -> Seller : Ask
  Seller -> Seller : LookUp
    Seller -> Buyer : Answer
  Buyer -> Seller : Thanks
`,
  );
  await fix(page, "this line is indented under a send", "Align with the statement above");
  await fix(page, "capability `send` has no namespace", "Replace by");
  const found = problem(page, "Seller cannot send `LookUp` to itself");
  await expect(found).toContainText("leave it out");
  await retypeLine(page, found, "");
  await expectMended(page);
  await openAndPlay(page);
  await expectCompleted(page);
});
