// Every command of the product: the exported function's name is the command id, docknotes.<name>.
export { addRegistry } from './addRegistry.ts';
export { execContainer } from './execContainer.ts';
export { openNote } from './openNote.ts';
export { openSettings } from './openSettings.ts';
export { pullImage } from './pullImage.ts';
export { pushImage } from './pushImage.ts';
export { refresh } from './refresh.ts';
export { removeContainer } from './removeContainer.ts';
export { removeImage } from './removeImage.ts';
export { removeRegistry } from './removeRegistry.ts';
export { restartContainer } from './restartContainer.ts';
export { runImage } from './runImage.ts';
export { showLog } from './showLog.ts';
export { startContainer } from './startContainer.ts';
export { stopContainer } from './stopContainer.ts';
export { tagImage } from './tagImage.ts';
export { viewLogs } from './viewLogs.ts';
