// Hands the page its two Ports and nothing else. A MessagePort cannot cross contextBridge, so each goes by postMessage,
// addressed to the page's own origin.
import { ipcRenderer } from 'electron';

ipcRenderer.on('port', (event, handOver) => window.postMessage(handOver, location.origin, event.ports));

// Deferred scripts have run by then: the page listens.
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('ports'));
