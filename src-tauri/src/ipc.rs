//! The one way from the page to the app.

use std::sync::Arc;

use device::DeviceApp;
use device::answer::{Rpc, spoken};
use device::words::Words;
use serde_json::Value;
use tauri::State;

/// Answers a method; a fault carries its code and its words.
#[tauri::command]
pub async fn rpc(
    app: State<'_, Arc<DeviceApp>>,
    words: State<'_, Arc<Words>>,
    method: String,
    params: Value,
) -> Result<Value, Value> {
    let (app, words) = (Arc::clone(&app), Arc::clone(&words));
    let call = move || app.call(&method, params).map_err(|fault| spoken(&fault, &words));
    tauri::async_runtime::spawn_blocking(call).await.unwrap_or(Err(Value::Null))
}
