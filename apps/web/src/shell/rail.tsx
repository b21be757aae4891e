import { Link } from "@tanstack/react-router";
import { Icon } from "../ui/icon.tsx";

const Logo = () => (
  <svg className="logo" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M6 4v20M14 4v20M22 4v20" stroke="var(--hair-2)" strokeWidth="1.6" />
    <path d="M6 9h8m0 5h8m0 5H6" stroke="var(--accent)" strokeWidth="2.2" strokeLinecap="round" fill="none" />
  </svg>
);

export const Rail = () => (
  <nav className="rail" aria-label="Sections">
    <Link to="/" className="rail-home" aria-label="Home" activeOptions={{ exact: true }}>
      <Logo />
    </Link>
    <Link to="/protocols" aria-label="Protocols" title="Protocols">
      <Icon name="protocols" size={18} />
    </Link>
    <Link to="/sessions" aria-label="Sessions" title="Sessions">
      <Icon name="sessions" size={18} />
    </Link>
    <Link to="/admission" aria-label="Admission" title="Admission">
      <Icon name="admission" size={18} />
    </Link>
    <Link to="/authorities" aria-label="Authorities" title="Authorities">
      <Icon name="authorities" size={18} />
    </Link>
    <Link to="/journal" aria-label="Journal" title="Journal">
      <Icon name="journal" size={18} />
    </Link>
    <Link to="/ceremonies" aria-label="Ceremonies" title="Ceremonies">
      <Icon name="ceremonies" size={18} />
    </Link>
    <Link to="/reconfiguration" aria-label="Reconfiguration" title="Reconfiguration">
      <Icon name="reconfiguration" size={18} />
    </Link>
    <Link to="/compositions" aria-label="Compositions" title="Compositions">
      <Icon name="compositions" size={18} />
    </Link>
    <Link to="/migrations" aria-label="Migrations" title="Migrations">
      <Icon name="migrations" size={18} />
    </Link>
  </nav>
);
