namespace Journey.Gateway.Boards;

/// <summary>For whom a view is made. A wall's view is made for the wall; it is never a desk's view with parts left out later.</summary>
internal enum Audience
{
    Desk,
    Wall,
}
