// The views of the sidebar, each drawn as a tree.
import * as vscode from 'vscode';
import type { App } from '../../app/index.ts';
import type { Element } from '../../model/elements.ts';
import { containersView } from '../../views/containers/tree.ts';
import { enginesView } from '../../views/engines.ts';
import { imagesView } from '../../views/images.ts';
import { networksView } from '../../views/networks.ts';
import { registriesView } from '../../views/registries/tree.ts';
import type { View } from '../../views/types.ts';
import { volumesView } from '../../views/volumes.ts';
import { followEngineState } from '../status/engineMessages.ts';
import { followFilter } from './filterState.ts';
import { showView } from './show.ts';

type Used =
  | 'engine'
  | 'engines'
  | 'changes'
  | 'registries'
  | 'catalog'
  | 'preferences'
  | 'arrangement'
  | 'filters'
  | 'log';

/** Shows all of them. Nothing is asked of an engine or a registry before a view is opened. */
export function showViews(app: Pick<App, Used>): vscode.Disposable {
  const shown: vscode.Disposable[] = [];
  const show = <E extends Element>(view: View<E>) => {
    const tree = showView(view, app.log);
    shown.push(view, tree);
    return tree;
  };
  const ofEngine = [show(containersView(app)), show(imagesView(app)), show(volumesView(app)), show(networksView(app))];
  show(enginesView(app));
  show(registriesView(app));
  shown.push(followEngineState(app.engine, ofEngine), followFilter(app.catalog));
  return vscode.Disposable.from(...shown);
}
