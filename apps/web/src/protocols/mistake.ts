/** What a new page starts with: enough to see how a protocol is written. */
export const SNIPPET = `module my_protocol exposing (MyProtocol)

protocol MyProtocol =
  roles Alice, Bob
  Alice -> Bob : Hello
  Bob -> Alice : Welcome
  Alice -> Bob : Thanks
`;

/** One mistake, worth mending: in one arm the courier hears nothing. */
export const MISTAKE = `-- One mistake: the courier cannot tell whether it must deliver.
module mend_me exposing (Delivery)

protocol Delivery =
  roles Customer, Shop, Courier
  Customer -> Shop : Order
  choice Shop at
    | accept =>
      Shop -> Customer : Confirm
      Shop -> Courier : Deliver
      Courier -> Customer : Parcel
    | decline =>
      Shop -> Customer : Sorry
`;
