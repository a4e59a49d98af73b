import { Component, createElement, type ComponentType, type VNode } from 'preact';

/** Draws again only when a prop is another. */
export function memo<P extends object>(draw: (props: P) => VNode): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const [a, b] = [this.props as Record<string, unknown>, next as Record<string, unknown>];
      return Object.keys(b).some((name) => a[name] !== b[name]);
    }

    override render() {
      return createElement(draw, this.props as P);
    }
  };
}
